#include "cli/lab/ready.hpp"

#include <algorithm>
#include <chrono>
#include <winscard.h>

#include <fmt/format.h>

namespace tongka::cli {

namespace {

using Clock = std::chrono::steady_clock;

/// How long a single call waits, between two looks at whether the lab is still wanted.
constexpr DWORD slice = 200;

core::Result<void> check(const char* call, LONG code) {
    if (code != SCARD_S_SUCCESS)
        return core::fail(fmt::format("{}: {}", call, ::pcsc_stringify_error(code)));
    return {};
}

bool has_card(const SCARD_READERSTATE& state) {
    return (state.dwEventState & SCARD_STATE_PRESENT) != 0 && (state.dwEventState & SCARD_STATE_MUTE) == 0;
}

bool is_empty(const SCARD_READERSTATE& state) {
    return (state.dwEventState & SCARD_STATE_EMPTY) != 0;
}

/// Insertions and removals that pcscd's poll has seen.
unsigned long events(const SCARD_READERSTATE& state) {
    return state.dwEventState >> 16;
}

} // namespace

core::Result<PcscClient> PcscClient::connect() {
    SCARDCONTEXT context = 0;
    TONGKA_CHECK(
        check("SCardEstablishContext", ::SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context)));
    return PcscClient(context);
}

PcscClient::~PcscClient() {
    if (context_ != 0)
        ::SCardReleaseContext(context_);
}

core::Result<void> PcscClient::wait_for(Presence presence, const std::vector<std::string>& readers,
                                        simulator::Budget budget, const std::function<bool()>& wanted) {
    std::vector<SCARD_READERSTATE> states(readers.size());
    for (std::size_t i = 0; i < readers.size(); ++i)
        states[i].szReader = readers[i].c_str();
    auto end = Clock::now() + budget;
    const auto as_wanted = [&](const SCARD_READERSTATE& state) {
        const auto before = events_.find(std::string_view(state.szReader));
        return (presence == Presence::card ? has_card(state) : is_empty(state)) &&
               (before == events_.end() || before->second != events(state));
    };
    while (!std::ranges::all_of(states, as_wanted)) {
        if (!wanted())
            return core::fail("no longer wanted");
        if (Clock::now() >= end) {
            auto late = std::ranges::find_if_not(states, as_wanted);
            return core::fail(fmt::format("{}: {} within {} ms", late->szReader,
                                          presence == Presence::card ? "no card that answers" : "not empty",
                                          budget.count()));
        }
        auto code = ::SCardGetStatusChange(context_, slice, states.data(), states.size());
        if (code != static_cast<LONG>(SCARD_E_TIMEOUT))
            TONGKA_CHECK(check("SCardGetStatusChange", code));
        for (auto& state : states)
            state.dwCurrentState = state.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
    }
    for (const auto& state : states)
        events_[state.szReader] = events(state);
    return {};
}

} // namespace tongka::cli
