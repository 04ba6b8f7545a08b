"""What HR keeps."""
