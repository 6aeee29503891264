"""Door out: messages. A module per messenger behind one protocol, and the limiter that keeps the messengers' limits."""
