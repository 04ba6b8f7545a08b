"""Work in the background: jobs with progress a person sees, retried, resumed after a crash."""
