"""Line editing at a prompt: history that lasts, completion by the tab key."""

import os


def folder():
    base = os.environ.get("XDG_STATE_HOME")
    return os.path.join(base or os.path.join(os.path.expanduser("~"), ".local", "state"), "pyrite")


def line():
    """What has been typed of the line so far."""
    try:
        import readline
    except ImportError:
        return ""
    return readline.get_line_buffer()


class Lines:
    """In force within a `with`. `complete(text, number)` is readline's completer."""

    LENGTH = 10_000

    def __init__(self, name, complete=None, delimiters=None):
        self._path = os.path.join(folder(), name + "_history")
        self._complete = complete
        self._delimiters = delimiters

    def __enter__(self):
        try:
            import readline
        except ImportError:  # a Python built without it: plain lines
            self._readline = None
            return self
        self._readline = readline
        readline.set_history_length(self.LENGTH)
        try:
            readline.read_history_file(self._path)
        except OSError:
            pass
        if self._complete is not None:
            readline.set_completer(self._complete)
            readline.parse_and_bind("tab: complete")
            if self._delimiters is not None:
                readline.set_completer_delims(self._delimiters)
        return self

    def __exit__(self, *_):
        if self._readline is None:
            return
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            self._readline.write_history_file(self._path)
        except OSError:
            pass
