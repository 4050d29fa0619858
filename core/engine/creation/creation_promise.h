// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/run/run_state.h"
#include "core/store/records.h"

namespace visgate {

/// The promise to create one endpoint of a certain name: on disk before the call, so that an endpoint whose reply was
/// lost is found again by that name. Engine thread only.
class CreationPromise {
public:
    /// `state` outlives it.
    explicit CreationPromise(RunState& state);

    /// Promises the endpoint of the plan that the record has; the next step asks for it.
    Pause make();
    /// An endpoint of the promised name has other limits by now, or stands where it was not wanted: another name is
    /// promised.
    Pause makeAnother(Intent intent);
    /// Nothing came of it, and nothing will.
    void abandon(Intent intent);
    /// The endpoint is there.
    void keep(Intent intent);

    /// Nothing was asked for yet under the open one.
    [[nodiscard]] bool isUntried() const { return m_isUntried; }
    void noteAsked() { m_isUntried = false; }

private:
    RunState& m_state;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    bool m_isUntried = false;
};

} // namespace visgate
