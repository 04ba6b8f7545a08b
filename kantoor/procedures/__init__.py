"""Procedures: work that crosses departments, drawn in BPMN 2.0 and done by the same actions."""
