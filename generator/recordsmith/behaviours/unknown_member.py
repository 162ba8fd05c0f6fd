"""`x-unknown-member`: the member of an open enum that any other string is read as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from recordsmith.behaviours.subject import Subject
from recordsmith.ir import Behaviour


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownMember(Behaviour):
    """An open enum's stand-in for the members that a newer schema may know."""

    keyword: ClassVar[str] = "x-unknown-member"
    explains: ClassVar[tuple[str, ...]] = ()

    member: str

    @classmethod
    def read(cls, subject: Subject) -> UnknownMember | None:
        """The behaviour; None where the enum is not open or has no such member."""
        if not subject.is_text_enumeration(cls.keyword):
            return None
        name = subject.schema[cls.keyword]
        at = subject.at / cls.keyword
        if not subject.known_members([name], at, "unknown-member"):
            return None
        if "anyOf" not in subject.schema:
            sentence = 'the enum is closed; write its members in `anyOf`, last {"type": "string"}'
            subject.problems.add(at, "unknown-member-assertion", sentence)
            return None
        return cls(member=name)
