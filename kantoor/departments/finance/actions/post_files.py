"""Post a file of journal entries, all or none."""

from pathlib import Path

from kantoor.departments.finance.actions.entries import post_entry_stream
from kantoor.departments.finance.drafts import Posted
from kantoor.departments.finance.readers.post_csv import PostFile
from kantoor.kernel.actors.actor import Actor


def post_csv(actor: Actor, path: Path | str) -> Posted:
    """Post the entries of a CSV file (see readers/post_csv.py), all or none, in bounded memory.

    Raises what `post_entries` raises and what the reader finds in the file, with the line.
    """
    file = PostFile(Path(path), actor.currency)
    return post_entry_stream(actor, entries=file, content_sha256=file.sha256)
