"""What the product does: a class per feature, a method per use case. Transactions are opened here and nowhere else."""
