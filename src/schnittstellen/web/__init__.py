"""Pages and REST API over the services of the catalogue; nothing else."""
