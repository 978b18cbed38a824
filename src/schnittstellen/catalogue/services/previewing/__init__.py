"""What would change if a draft of a suite or standard counted: told before, changing nothing."""
