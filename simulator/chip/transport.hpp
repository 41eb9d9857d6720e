#pragma once

#include <span>

#include "core/bytes.hpp"
#include "simulator/chip/reply.hpp"

namespace tongka::simulator {

/// What a transport brings commands to.
class Executor {
public:
    /// Does the command and appends what it answers to `answer`.
    virtual Reply execute(const core::Command& command, core::Bytes& answer) = 0;

protected:
    ~Executor() = default;
};

/// What a transport itself answers with.
[[nodiscard]] std::span<const Reason* const> transport_reasons();

/// From bytes to commands and from replies to bytes.
class Transport {
public:
    virtual ~Transport() = default;
    /// One command as it came; the answer with its status word, valid until the next call.
    [[nodiscard]] virtual core::BytesView exchange(core::BytesView bytes, Executor& executor) = 0;
    virtual void reset() = 0;

    /// Why the last answer was what it was.
    [[nodiscard]] const Reason& last_reason() const { return *last_reason_; }

protected:
    core::BytesView close(core::Bytes& answer, Reply reply) {
        last_reason_ = reply.reason;
        answer.push_back(static_cast<core::Byte>(reply.sw >> 8));
        answer.push_back(static_cast<core::Byte>(reply.sw));
        return answer;
    }

private:
    const Reason* last_reason_ = &done;
};

/// T=CL (ISO/IEC 14443-4) and T=1: an APDU goes in, data and status word come out at once (standards.md 2.2). Blocks
/// and their chaining stay between chip and reader; PC/SC shows neither.
class ApduTransport final : public Transport {
public:
    core::BytesView exchange(core::BytesView bytes, Executor& executor) override;
    void reset() override {}

private:
    core::Bytes answer_;
};

/// ISO/IEC 7816-3 T=0 (standards.md 2.1): P3 is Lc or Le. Data that a command with data answers waits for GET RESPONSE
/// (61xx); a wrong Le is told by 6Cxx. An Le behind the data, which T=0 does not know, is passed over: PC/SC hands
/// the bytes of a case 4 APDU to the card as they are.
class T0Transport final : public Transport {
public:
    core::BytesView exchange(core::BytesView bytes, Executor& executor) override;
    void reset() override {
        waiting_.clear();
        held_.clear();
    }

private:
    Reply get_response(unsigned le);
    Reply offer_waiting() const;

    core::Bytes answer_;
    core::Bytes held_; ///< header of a command whose answer of another length waits for the right P3, and that answer
    core::Bytes waiting_;             ///< answer data that GET RESPONSE has not fetched yet
    Reply waiting_reply_ = success(); ///< what goes with the last of it: 9000, or a warning
};

} // namespace tongka::simulator
