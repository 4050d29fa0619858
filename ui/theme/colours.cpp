// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/colours.h"

namespace visgate::ui {
namespace {

QColor rgb(unsigned value)
{
    return QColor::fromRgb(value);
}

Colours light()
{
    Colours c;
    c.window = rgb(0xf5f5f2);
    c.rail = rgb(0xecece8);
    c.surface = rgb(0xffffff);
    c.sunken = rgb(0xf0f0ec);
    c.border = rgb(0xdfdfd9);
    c.controlBorder = rgb(0x8d8f92);
    c.text = rgb(0x1b1c20);
    c.mutedText = rgb(0x595c63);
    c.accent = rgb(0x2f4fdd);
    c.accentHover = rgb(0x2643c6);
    c.accentPressed = rgb(0x1d36a8);
    c.accentSoft = rgb(0xe2e7fb);
    c.onAccent = rgb(0xffffff);
    c.accentText = rgb(0x2643c6);
    c.hover = rgb(0xe4e4df);
    c.disabledText = rgb(0x8b8d91);
    c.scrim = QColor(20, 21, 26, 96);
    c.good = rgb(0x17693b);
    c.goodSoft = rgb(0xdcf1e3);
    c.warning = rgb(0x805000);
    c.warningSoft = rgb(0xfbecc9);
    c.bad = rgb(0xb3261e);
    c.badSoft = rgb(0xfbe3e0);
    c.series = {rgb(0x2f4fdd), rgb(0xb25600), rgb(0x0f7a80), rgb(0x8a3fa8), rgb(0xbf1d5e), rgb(0x657200)};
    return c;
}

Colours dark()
{
    Colours c;
    c.window = rgb(0x16171b);
    c.rail = rgb(0x111215);
    c.surface = rgb(0x1f2126);
    c.sunken = rgb(0x17181c);
    c.border = rgb(0x32353c);
    c.controlBorder = rgb(0x7b7f89);
    c.text = rgb(0xececee);
    c.mutedText = rgb(0xa6a9b2);
    c.accent = rgb(0x93a7ff);
    c.accentHover = rgb(0xaab9ff);
    c.accentPressed = rgb(0x7d93f2);
    c.accentSoft = rgb(0x2a3154);
    c.onAccent = rgb(0x10142b);
    c.accentText = rgb(0xaab9ff);
    c.hover = rgb(0x2b2e35);
    c.disabledText = rgb(0x767a84);
    c.scrim = QColor(0, 0, 0, 150);
    c.good = rgb(0x7fd8a0);
    c.goodSoft = rgb(0x1b3626);
    c.warning = rgb(0xf2c469);
    c.warningSoft = rgb(0x3c3018);
    c.bad = rgb(0xff9d94);
    c.badSoft = rgb(0x47211f);
    c.series = {rgb(0x93a7ff), rgb(0xf2a65a), rgb(0x5fcfcf), rgb(0xd3a0ea), rgb(0xff90b3), rgb(0xc6d16c)};
    return c;
}

Colours contrastLight()
{
    Colours c = light();
    c.window = c.rail = c.surface = c.sunken = rgb(0xffffff);
    c.border = c.controlBorder = c.text = c.mutedText = rgb(0x000000);
    c.accent = c.accentText = rgb(0x0a1f9c);
    c.accentHover = c.accentPressed = rgb(0x000000);
    c.accentSoft = rgb(0xe2e7fb);
    c.hover = rgb(0xe4e4e4);
    c.disabledText = rgb(0x595959);
    c.good = rgb(0x004d22);
    c.warning = rgb(0x573600);
    c.bad = rgb(0x8c0009);
    c.series = {rgb(0x0a1f9c), rgb(0x7a3b00), rgb(0x00555b), rgb(0x5b1c75), rgb(0x8a0f3f), rgb(0x444e00)};
    return c;
}

Colours contrastDark()
{
    Colours c = dark();
    c.window = c.rail = c.surface = c.sunken = rgb(0x000000);
    c.border = c.controlBorder = c.text = c.mutedText = rgb(0xffffff);
    c.accent = c.accentText = rgb(0xffe14d);
    c.accentHover = c.accentPressed = rgb(0xffffff);
    c.accentSoft = rgb(0x3a3400);
    c.onAccent = rgb(0x000000);
    c.hover = rgb(0x333333);
    c.disabledText = rgb(0xb3b3b3);
    c.good = rgb(0x9dffbf);
    c.goodSoft = rgb(0x002b12);
    c.warning = rgb(0xffe08a);
    c.warningSoft = rgb(0x2b2000);
    c.bad = rgb(0xffb4ad);
    c.badSoft = rgb(0x3a0503);
    c.series = {rgb(0xffe14d), rgb(0x9ecbff), rgb(0x7ff0e8), rgb(0xf0b3ff), rgb(0xffb3c9), rgb(0xd9ff8a)};
    return c;
}

} // namespace

QColor Colours::foreground(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return mutedText;
    case Tone::Working:
        return accentText;
    case Tone::Good:
        return good;
    case Tone::Warning:
        return warning;
    case Tone::Bad:
        return bad;
    }
    return text;
}

QColor Colours::ground(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return sunken;
    case Tone::Working:
        return accentSoft;
    case Tone::Good:
        return goodSoft;
    case Tone::Warning:
        return warningSoft;
    case Tone::Bad:
        return badSoft;
    }
    return surface;
}

Colours coloursFor(const Appearance& appearance)
{
    if (appearance.highContrast)
        return appearance.dark ? contrastDark() : contrastLight();
    return appearance.dark ? dark() : light();
}

} // namespace visgate::ui
