"""What a standard, a suite, a finding and a verdict are: standard library only, no I/O, no clock."""
