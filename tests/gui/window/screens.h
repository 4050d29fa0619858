// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace visgate::test {

class WindowHarness;

/// Leads through every screen and state of the first journey, from the empty Home to a picture and its removal, and
/// calls `look` at each with its name.
void visitScreens(WindowHarness& harness, const std::function<void(const char* screen)>& look);

} // namespace visgate::test
