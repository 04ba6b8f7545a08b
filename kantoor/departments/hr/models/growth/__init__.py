"""Who wants to work here, and how people who do go on learning."""
