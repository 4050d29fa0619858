# SPDX-License-Identifier: GPL-3.0-or-later
"""Sees from outside, through Xlib, when a program has put a painted window on the display."""
import ctypes
import ctypes.util

_SAMPLED_ROWS = 24
_LEAST_LIVELY_ROWS = 3     # rows of the window that hold more than one flat colour
_LEAST_WIDTH, _LEAST_HEIGHT = 300, 200
_ALL_PLANES, _Z_PIXMAP, _VIEWABLE = 0xFFFFFFFF, 2, 2


class _Attributes(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int), ("height", ctypes.c_int),
                ("border_width", ctypes.c_int), ("depth", ctypes.c_int), ("visual", ctypes.c_void_p),
                ("root", ctypes.c_ulong), ("c_class", ctypes.c_int), ("bit_gravity", ctypes.c_int),
                ("win_gravity", ctypes.c_int), ("backing_store", ctypes.c_int), ("backing_planes", ctypes.c_ulong),
                ("backing_pixel", ctypes.c_ulong), ("save_under", ctypes.c_int), ("colormap", ctypes.c_ulong),
                ("map_installed", ctypes.c_int), ("map_state", ctypes.c_int), ("all_event_masks", ctypes.c_long),
                ("your_event_mask", ctypes.c_long), ("do_not_propagate_mask", ctypes.c_long),
                ("override_redirect", ctypes.c_int), ("screen", ctypes.c_void_p)]


class _Image(ctypes.Structure):  # the part of XImage that is read here
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.POINTER(ctypes.c_ubyte)), ("byte_order", ctypes.c_int), ("bitmap_unit", ctypes.c_int),
                ("bitmap_bit_order", ctypes.c_int), ("bitmap_pad", ctypes.c_int), ("depth", ctypes.c_int),
                ("bytes_per_line", ctypes.c_int), ("bits_per_pixel", ctypes.c_int)]


_ErrorHandler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


class Display:
    """A connection to the display named by DISPLAY. Windows vanish while they are looked at; that is no error here."""

    def __init__(self):
        self._x = x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XDefaultRootWindow.restype = ctypes.c_ulong
        x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        x.XQueryTree.argtypes = [ctypes.c_void_p, ctypes.c_ulong] + [ctypes.c_void_p] * 4
        x.XGetWindowAttributes.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(_Attributes)]
        x.XGetImage.restype = ctypes.POINTER(_Image)
        x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
                                ctypes.c_ulong, ctypes.c_int]
        x.XDestroyImage.argtypes = [ctypes.POINTER(_Image)]
        x.XFree.argtypes = [ctypes.c_void_p]
        x.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self._ignore = _ErrorHandler(lambda display, error: 0)
        x.XSetErrorHandler(self._ignore)
        self._display = x.XOpenDisplay(None)
        if not self._display:
            raise RuntimeError("no X display")

    def close(self):
        self._x.XCloseDisplay(self._display)

    def has_painted_window(self):
        return any(self._painted(window, size) for window, size in self._windows())

    def _windows(self):
        root = self._x.XDefaultRootWindow(self._display)
        root_back, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        if not self._x.XQueryTree(self._display, root, ctypes.byref(root_back), ctypes.byref(parent),
                                  ctypes.byref(children), ctypes.byref(count)):
            return []
        found = []
        for index in range(count.value):
            attributes = _Attributes()
            if self._x.XGetWindowAttributes(self._display, children[index], ctypes.byref(attributes)) \
                    and attributes.map_state == _VIEWABLE and attributes.width >= _LEAST_WIDTH \
                    and attributes.height >= _LEAST_HEIGHT:
                found.append((children[index], (attributes.x, attributes.y, attributes.width, attributes.height)))
        if count.value:
            self._x.XFree(children)
        return found

    def _painted(self, window, size):
        # Read from the root, clipped to the screen: a window partly outside could not be read itself.
        x, y, width, height = size
        root = _Attributes()
        self._x.XGetWindowAttributes(self._display, self._x.XDefaultRootWindow(self._display), ctypes.byref(root))
        left, right = max(0, x), min(root.width, x + width)
        lively = 0
        for step in range(_SAMPLED_ROWS):
            row = y + (2 * step + 1) * height // (2 * _SAMPLED_ROWS)
            if not 0 <= row < root.height or right <= left:
                continue
            image = self._x.XGetImage(self._display, self._x.XDefaultRootWindow(self._display), left, row, right - left, 1,
                                      _ALL_PLANES, _Z_PIXMAP)
            if not image:
                return False
            step_bytes = image.contents.bits_per_pixel // 8
            data = ctypes.string_at(image.contents.data, image.contents.bytes_per_line)
            self._x.XDestroyImage(image)
            first = data[:step_bytes]
            lively += data[:(right - left) * step_bytes] != first * (right - left)
        return lively >= _LEAST_LIVELY_ROWS
