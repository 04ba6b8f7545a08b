"""The words of bounces that no program made for programs: subjects, senders, sentences."""

import re

DAEMON = re.compile(
    r"mailer[-_. ]?daemon|post[-_. ]?master|poostmaster|mail[-_. ]?deliver|mail[-_. ]?system"
    r"|delivery[-_. ](?:sub)?system|mmdf|ndr admin|mail[-_. ]?admin|system[-_. ]administrator"
    r"|interscan|mdaemon|bounce",
    re.IGNORECASE,
)
"""Names and addresses that programs write under when they return mail."""

SUBJECT = re.compile(
    r"undeliver|non[- ]?deliver|not (?:be )?deliver|un(?:able to|successful) deliver"
    r"|ignored not member|reject mail|not member|loop (?:alert|back)|unix from loop|fml system error"
    r"|deliver\w* (?:\w+ )?(?:status|fail|problem|error|notification|report|delay|unsuccess)"
    r"|(?:fail\w*|error\w*|problem\w*)(?: in| of| while)? (?:to )?deliver|failure notice"
    r"|return(?:ed|ing)(?: to sender|.{0,3} mail)|mail (?:system |delivery )?(?:error|fail)"
    r"|could ?n[o']t be (?:sent|delivered)|delayed|message (?:delayed|status)|warning: (?:message|could)"
    r"|(?:error|problem|trouble) (?:sending|delivering)|returned mail|returning message"
    r"|unzustellbar|nicht zu(?:ge)?stell|onbestelbaar|niet (?:af)?geleverd|kan niet worden (?:af)?gelever"
    r"|non remis|non distribu|no entregado|mancata consegna|não entregue|не доставлено"
    r"|配信できません|配信不能|送信できません|エラー|系统退信|退信",
    re.IGNORECASE,
)

SENTENCE = re.compile(
    r"(?:not|n't|unable to|never|fail\w* to|error\w*|problem\w*|trouble|impossible to)"
    r"(?:\W+\w+){0,6}?\W+(?:be |been |have )?(?:deliver|reach|accepted)"
    r"|deliver(?:y|ies)?(?:\W+\w+){0,8}?\W+(?:fail|abort|delayed|problems|errors|unsuccess)"
    r"|did not reach|had (?:permanent|transient|delivery|fatal|non)|undeliver|failed addresses"
    r"|failure reasons|returned (?:permanent|temporary) errors|no valid recipients|was rejected by"
    r"|transcript of session|unknown user|user unknown|invalid (?:user|recipient|final delivery)"
    r"|could ?n[o']t (?:be )?(?:deliver|sent|send)|(?:may|does) not exist|no such user"
    r"|not an? (?:\w+ )?member|送信できません|送信に失敗|配信できません|не может быть доставлено|rcpt to:",
    re.IGNORECASE,
)
"""Says that mail did not arrive. Reads at most a few words between its two halves."""

RETURNED = re.compile(
    r"^[ \t*|>#=-]*(?:"
    r"(?:this is|included is|enclosed is|below is|below this line is)? ?a copy of (?:the|your)"
    r"|(?:the )?(?:header|text|body)s? of the (?:original )?message"
    r"|(?:original|returned|unsent|undelivered|rejected|bounced) (?:mail|message|e-mail|headers)"
    r"|original (?:mail info|message (?:follows|headers))|(?:message|mail) headers? follow"
    r"|message (?:text|header)s?|unsent message follows|-{3,} ?original"
    r")[^\n]{0,120}$"
    r"|^(?:received|return-path|x-received|dkim-signature|x-originating-ip)[ \t]*:[ \t]*\S",
    re.IGNORECASE | re.MULTILINE,
)
"""Where the notice ends and the mail that came back begins."""

DELAY = re.compile(
    r"warning message only|do not need to resend|not yet been delivered|has been delayed"
    r"|will be retried|will (?:continue|keep) (?:to try|trying)|delivery attempts will continue"
    r"|delay reason|\(delay\)|\bdelayed\b",
    re.IGNORECASE,
)

MOVED = re.compile(
    r"(?:new|changed) (?:e-?mail )?address|has (?:moved|changed)|in (?:the )?future"
    r"|nieuw (?:e-?mail)?adres|voortaan|in het vervolg|neue (?:e-?mail-?)?adresse|zukünftig|künftig"
    r"|nouvelle adresse|désormais",
    re.IGNORECASE,
)
"""An answering machine naming another address, maybe for good."""

GONE = re.compile(
    r"no longer (?:in use|used|valid|active|monitored|exists?|work|employed|with (?:us|the company))"
    r"|has left (?:the|our) (?:company|firm|organi[sz]ation|university|school)"
    r"|(?:address|mailbox|account) (?:is|has been|was) (?:closed|deactivated|disabled|removed)"
    r"|niet meer (?:in gebruik|werkzaam|in dienst|actief)|is uit dienst"
    r"|nicht mehr (?:aktiv|gültig|im unternehmen|bei uns|beschäftigt)|n'est plus (?:valide|utilisé)",
    re.IGNORECASE,
)
"""An answering machine saying that an address is nobody's any more."""

_BOX = r"(?:mailbox|user|recipient|account|address|addressee|local[- ]part|customer|member)"
NOBODY = re.compile(
    rf"(?:unknown|no such|invalid|nonexist\w+|non-exist\w+|bad destination)(?: e-?mail| local| virtual)? {_BOX}"
    rf"|{_BOX}\b[^.;\n]{{0,60}}?\b(?:unknown|not (?:be )?found|(?:does not|doesn[’']t|not) exist"
    r"|(?:is|was|been|:|-) ?(?:inactive|disabled|deactivated|closed|discontinued|invalid)|no longer)"
    rf"|not a (?:valid|known|registered)(?: \w+)? {_BOX}|no (?:mail)?box (?:here )?(?:by|with) that name"
    r"|nobody (?:here )?(?:by|with) that name|does(?: not|n[’']t) have an? \S+ account|no (?:one|such person) here"
    r"|unrouteable address|host unknown \(authoritative|benutzer unbekannt|unbekannter (?:benutzer|empf)|empfänger unbekannt"
    r"|onbekende (?:gebruiker|ontvanger)|gebruiker onbekend|utilisateur inconnu|destinataire inconnu",
    re.IGNORECASE,
)
"""What mail servers say of a mailbox that is not there, or not any more."""

OTHERWISE = re.compile(
    r"\brelay|\bpolic(?:y|ies)\b|\bspam|\bblock(?:ed|list)|black-?list|\bbanned|reputation|\bdmarc\b|\bspf\b"
    r"|\bdkim\b|(?<!original )\bsender\b(?!-)|access denied|not authori[sz]ed|authenticat|greylist|rate limit|too many|quota|\bfull\b"
    r"|\bhelo\b|reverse (?:dns|lookup)|client host",
    re.IGNORECASE,
)
"""What mail servers say when it is us, or the moment, that they refuse."""

NO_REPLY = re.compile(
    r"\b(?:no|do[-_.]?not|ne[-_.]?pas|nicht)[-_.]?(?:reply|answer|repondre|antwort)", re.I
)
"""Senders of every kind of notice: they return mail only where it is enclosed."""

UNSUBSCRIBE = re.compile(r"\A\W*unsubscribe\W*\Z", re.IGNORECASE)
