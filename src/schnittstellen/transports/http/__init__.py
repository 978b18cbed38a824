"""The HTTP transport: one gateway through which everything leaves the machine, pre-flight, evidence."""
