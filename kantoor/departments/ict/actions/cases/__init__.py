"""What can be done with cases.

Each action has an inner function of the same work (`opened`, `noted`, `resolved` …) that asks no
permission: ICT's other actions (mail, alerts, backups), whose actors may not handle cases by hand,
call that one within their own.
"""
