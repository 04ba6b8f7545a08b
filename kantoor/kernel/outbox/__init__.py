"""Outgoing webhooks (Standard Webhooks): what happened, told to other systems without loss."""
