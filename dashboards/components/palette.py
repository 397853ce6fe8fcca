"""Colours, icons and fonts; a status is always colour, icon and word together."""

from __future__ import annotations

INK, MUTED, FAINT, LINE, PAPER = "#1b2733", "#5b6875", "#98a4af", "#dfe5ea", "#ffffff"
NAVY, TEAL, SAND = "#1d4e79", "#3f8f8c", "#c9b28b"
STATUS_COLOURS = {"red": "#b3362c", "amber": "#b9770e", "green": "#2f7d5b", "no_target": "#7c8894"}
STATUS_PAPERS = {"red": "#fbeceb", "amber": "#fdf4e3", "green": "#ebf5f0", "no_target": "#f1f4f6"}
STATUS_ICONS = {"red": "✕", "amber": "!", "green": "✓", "no_target": "–"}
SEVERITY_STATUS = {"red": "red", "yellow": "amber"}
TRUST_STATUS = {"passed": "green", "failed": "red"}
FONTS = "'PingFang SC','Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',system-ui,-apple-system,'Segoe UI',sans-serif"


def trust_status(trust: object) -> str:
    """The status colour of a trust mark; an unknown or empty mark is grey."""
    return TRUST_STATUS.get(str(trust), "no_target")
