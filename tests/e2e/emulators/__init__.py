"""Independent emulators of the five vendors, written from the fact files alone; see base.py."""
