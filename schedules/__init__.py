"""Door in: time. APScheduler is the alarm clock; what is due is asked of the database each time."""
