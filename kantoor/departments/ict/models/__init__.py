"""All models of ICT, gathered for Django."""
