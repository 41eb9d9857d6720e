#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "simulator/virtual_reader/tcp.hpp"

namespace tongka::cli {

enum class Presence { card, no_card };

/// A client of the lab's own pcscd, which $PCSCLITE_CSOCK_NAME names.
class PcscClient {
public:
    /// Returns when pcscd serves clients, and so has opened its readers.
    [[nodiscard]] static core::Result<PcscClient> connect();
    PcscClient(PcscClient&& other) noexcept
        : context_(std::exchange(other.context_, 0)), events_(std::move(other.events_)) {}
    ~PcscClient();

    /// Waits until pcscd sees a card that answers in each of the readers, or none in any, and has counted that as an
    /// event since the last wait for the reader: a program that takes the power from a card that is gone makes its
    /// reader look empty, while pcscd's poll has not looked yet. Gives up early when `wanted` says no.
    [[nodiscard]] core::Result<void> wait_for(Presence presence, const std::vector<std::string>& readers,
                                              simulator::Budget budget, const std::function<bool()>& wanted);

private:
    explicit PcscClient(long context) : context_(context) {}
    long context_;
    std::map<std::string, unsigned long, std::less<>> events_; ///< of a reader, at the end of the last wait
};

} // namespace tongka::cli
