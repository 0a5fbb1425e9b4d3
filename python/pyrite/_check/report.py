"""What a check found."""

from collections import Counter, namedtuple

Finding = namedtuple("Finding", "file line status subject reason")
# As they are told apart in the report; the first is not listed without --all.
SAME, DIFFERS, MISSING, UNCHECKED, UNREADABLE = "same", "differs", "missing", "unchecked", "unreadable"


class Report:
    def __init__(self):
        self.files = 0
        self._found = {}  # a dict for its order: no finding twice

    def add(self, file, line, status, subject, reason=""):
        self._found[Finding(file, line, status, subject, reason)] = True

    def findings(self):
        return sorted(self._found, key=lambda finding: (finding.file, finding.line))

    def missing(self):
        return any(finding.status in (MISSING, UNREADABLE) for finding in self._found)

    def counts(self):
        return Counter(finding.status for finding in self._found)

    def show(self, with_same):
        for finding in self.findings():
            if finding.status != SAME or with_same:
                reason = f": {finding.reason}" if finding.reason else ""
                print(f"{finding.file}:{finding.line}  {finding.status:<10} {finding.subject}{reason}")
        counts = self.counts()
        print(f"{self.files} file{'s' * (self.files != 1)}: {counts[SAME]} uses as in Spark, {counts[DIFFERS]} differ, "
              f"{counts[MISSING]} missing, {counts[UNCHECKED]} not checked"
              + (f", {counts[UNREADABLE]} unreadable" if counts[UNREADABLE] else ""))

    def as_dict(self):
        return {"files": self.files, "counts": {status: self.counts()[status] for status in
                                                (SAME, DIFFERS, MISSING, UNCHECKED, UNREADABLE)},
                "findings": [finding._asdict() for finding in self.findings() if finding.status != SAME]}
