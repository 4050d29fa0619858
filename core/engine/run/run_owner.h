// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace visgate {

struct Deployment;

/// All that the steps of a deployment's run ask of the run as a whole.
class RunOwner {
public:
    virtual ~RunOwner() = default;
    /// As it is shown: with what runs beside the record.
    [[nodiscard]] virtual Deployment shown() = 0;
    /// Nothing more is to be told of its endpoint until somebody follows it again.
    virtual void unfollow() = 0;
    /// There is something to do: takes steps again where it rests, and ends its present pause.
    virtual void goOn() = 0;
};

} // namespace visgate
