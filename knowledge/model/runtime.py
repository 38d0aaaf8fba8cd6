"""onnxruntime with its reports to Microsoft off: it reads this variable while it loads, and its own switch is too late.

Seen in 1.32.0 for Linux: without it, loading a model writes a device id under ~/.cache/Microsoft and looks up
mobile.events.data.microsoft.com. Import onnxruntime from here and nowhere else.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime  # after the variable

__all__ = ["onnxruntime"]
