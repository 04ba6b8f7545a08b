"""The shell: navigation, pages, API and CLI, assembled from what the departments declare."""
