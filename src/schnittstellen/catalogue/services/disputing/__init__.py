"""What is disputed after a verdict: findings that vendors contest, deviations that municipalities report."""
