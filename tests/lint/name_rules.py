# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that are not used, each with what to say instead. A riddle that was solved gets its line here and does not come back."""
import re

from cpp_text import line_of

FORBIDDEN = [
    (r"\b(?:class|struct)\s+(?!Q)\w*(?:List|Table|Tree|Proxy|Item|Log|Money|Stochastic|Data)Model\b",
     "a model is what draws; say items, figures, records or chance"),
    (r"\bDeskExchange\b", "LoggedExchange"),
    (r"\bDesk\b", "say what it does: ServiceHost"),
    (r"\benum class Target\b|\bTarget::(?:Practice|Runpod)\b", "core/domain/provider/account_id.h: AccountId"),
    (r"\b(?:Spend|Log|Owner)Keeper\b", "what is kept: SpendBooks, DeploymentLogs, OwnerRestart"),
    (r"\b(?:RollBack)?Wish(?:es)?\b", "what is wanted: DesiredState, RollBackRequest, StateRequests"),
    (r"\bProbedProvider\b", "tests/support/probed_provider.h: the product does not know it"),
]
_PATTERNS = [(re.compile(pattern), instead) for pattern, instead in FORBIDDEN]


def check(name, code):
    """code is the source without comments and strings."""
    if name.startswith("tests/"):
        return
    for pattern, instead in _PATTERNS:
        for match in pattern.finditer(code):
            yield line_of(code, match.start()), "name", f"{match.group(0)}: {instead}"
