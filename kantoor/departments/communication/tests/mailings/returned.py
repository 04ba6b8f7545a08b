"""A report that mail could not be delivered, as mail servers write it."""

REPORT = """From: MAILER-DAEMON@mx.example.org
To: <{to}>
Subject: Undelivered Mail
Message-ID: <{n}@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It failed.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user
--b--
"""


def bounce(to: str, address: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A report of delivery as mail servers write it."""
    said = REPORT.format(to=to, address=address, status=status, action=action, n=hash(to))
    return said.replace("\n", "\r\n").encode()
