"""Independent emulators of the vendors, written from the fact files alone; see base.py."""
