"""退出码. What a script that calls gongkai can tell from the number."""

NOTHING_WRONG = 0
PROBLEMS = 1  # errors or warnings
CANNOT_READ = 2  # a file could not be read, nothing could be judged, or the command was not understood
INTERRUPTED = 130  # Ctrl-C, as shells have it
