// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace visgate {

struct Deployment;
struct Job;

/// Tells everybody outside the engine what has become of something. Engine thread only.
class Publisher {
public:
    virtual ~Publisher() = default;
    virtual void publish(const Deployment& deployment) = 0;
    virtual void publish(const Job& job) = 0;
};

} // namespace visgate
