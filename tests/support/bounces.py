"""Reports of mails that came back, as mail servers write them (RFC 3464)."""


def report(
    message_id: str, address: str, *, action: str = "failed", whole: bool = True,
    told: str = "550 5.1.1 no such mailbox",
) -> bytes:  # fmt: skip
    """Return a report about one mail; with the whole mail, or the head of it alone."""
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    return (
        "From: MAILER-DAEMON@mx.example.org\nTo: code@code.example\n"
        "Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="edge"\n\n'
        "--edge\nContent-Type: text/plain\n\nYour mail could not be delivered.\n\n"
        "--edge\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: 5.1.1\n"
        f"Diagnostic-Code: smtp; {told}\n\n"
        f"--edge\nContent-Type: {kind}\n\n"
        f"From: code@code.example\nTo: {address}\nMessage-ID: {message_id}\nSubject: Hello\n\n"
        "Hello\n--edge--\n"
    ).encode()
