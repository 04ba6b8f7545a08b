"""Reading BPMN 2.0 diagrams: what they say, and what of it can't run."""
