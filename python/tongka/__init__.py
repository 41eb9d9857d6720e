"""Cards and PSAMs of China's city union cards, simulated or in a PC/SC reader.

>>> import tongka
>>> card = tongka.connect("sim:card")
>>> card.transmit(bytes.fromhex("80CA000009")).hex().upper()
'90800960A7F716C6B49000'
"""

from ._tongka import Device, connect

__all__ = ["Device", "connect"]
