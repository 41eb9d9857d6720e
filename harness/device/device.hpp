#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::harness {

/// How a device takes commands: T=0 sees TPDUs, T=1 and contactless cards see APDUs.
enum class Protocol { t0, apdu };

/// What a device is, as far as it tells before the first case.
struct Identity {
    std::string spec;   ///< as it was named: `sim:card`, `pcsc:…`
    std::string reader; ///< the reader's name; empty for a simulated device
    Protocol protocol = Protocol::apdu;
    core::Bytes answer_to_reset;
    core::Bytes uid;    ///< of a contactless card, where the reader gives it
    core::Bytes number; ///< ASN of a user card (8 bytes), serial of a PSAM (10); empty where it cannot be read
};

/// Where a device loses its power: at a write to its memory during a command, the first being write 1.
struct Tear {
    unsigned write = 1;
    bool after = false; ///< right after that write, else before it
};

/// A card or module that a run talks to. An Error is about the set-up (reader gone, answer lost), never about an
/// answer.
class Device {
public:
    virtual ~Device() = default;

    [[nodiscard]] virtual const Identity& identity() const = 0;

    [[nodiscard]] virtual core::Result<void> reset() = 0;

    /// The answer to reset as it is now. Over PC/SC this asks the service, which costs as much as an exchange.
    [[nodiscard]] virtual core::Result<core::Bytes> answer_to_reset() = 0;

    /// One command as the transport carries it, and its answer: at least two bytes.
    [[nodiscard]] virtual core::Result<core::Bytes> transmit(core::BytesView command) = 0;

    /// Why a simulated device refused the last command; empty where it did not, and for other devices.
    [[nodiscard]] virtual std::string_view last_reason() const { return {}; }

    /// Whether tear() can be asked for.
    [[nodiscard]] virtual bool can_be_torn() const { return false; }

    /// Takes the power away during the next command, whose answer is then lost: an Error of transmit(), and of every
    /// other until reset(). Empty: takes back what the last command did not come to.
    [[nodiscard]] virtual core::Result<void> tear(std::optional<Tear>) {
        return core::fail("this device cannot be torn at a write");
    }

    /// What the last command took beyond the time that went by: a simulated device can be slow without making anybody
    /// wait.
    [[nodiscard]] virtual std::chrono::microseconds pretended_delay() const { return {}; }

    /// Puts another sample of the same make in its place, new and whole. Only where can_be_renewed().
    [[nodiscard]] virtual core::Result<void> renew() { return core::fail("there is one sample of this device"); }
    [[nodiscard]] virtual bool can_be_renewed() const { return false; }

    /// Whether wrong tries on it cost something: true for everything that is not simulated in this process.
    [[nodiscard]] virtual bool is_real() const { return true; }
};

/// What a case is done with: cards and modules, which answer commands, and things under test that do whole actions
/// (harness/device/actor.hpp).
enum class Role { card, psam, isam, terminal, file, host, reader };

inline constexpr Role roles[] = {Role::card, Role::psam, Role::isam,  Role::terminal,
                                 Role::file, Role::host, Role::reader};
inline constexpr Role device_roles[] = {Role::card, Role::psam, Role::isam};
inline constexpr Role actor_roles[] = {Role::terminal, Role::file, Role::host, Role::reader};

[[nodiscard]] constexpr bool is_actor(Role role) {
    return role >= Role::terminal;
}

[[nodiscard]] constexpr std::string_view name(Role role) {
    constexpr std::string_view names[] = {"card", "psam", "isam", "terminal", "file", "host", "reader"};
    return names[static_cast<std::size_t>(role)];
}

} // namespace tongka::harness
