#include "simulator/terminal/online_isam.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
namespace message = core::message;
using core::Bytes;
using core::BytesView;
using core::Result;
using message::ResponseCode;
using message::Values;

/// A load SAM with its application chosen.
class IsamLine {
public:
    static Result<IsamLine> open(const Transmit& transmit) {
        IsamLine line(transmit);
        TONGKA_CHECK(line.send("SELECT the MF", "00A40000023F0000"_hex));
        TONGKA_TRY(const Bytes serial, line.send("READ BINARY 0015", "00B0950208"_hex, 8));
        std::ranges::copy(serial, line.serial_.begin());
        TONGKA_TRY(const Bytes pos, line.send("READ BINARY 0016", "00B0960006"_hex, 6));
        std::ranges::copy(pos, line.pos_.begin());
        TONGKA_CHECK(line.send("SELECT the application", "00A4000002100100"_hex));
        return line;
    }

    [[nodiscard]] Result<Bytes> send(std::string_view what, BytesView command, std::size_t size = 0) const {
        return ask(transmit_, "ISAM", what, command, size);
    }
    [[nodiscard]] Result<IsamLimit> limit() const {
        TONGKA_TRY(const Bytes content, send("READ BINARY 001B", "00B09B000E"_hex, IsamLimit::size));
        return IsamLimit::read(content);
    }
    [[nodiscard]] Result<std::uint32_t> counter() const {
        TONGKA_TRY(const Bytes content, send("READ BINARY 0018", "00B0980004"_hex, 4));
        return static_cast<std::uint32_t>(core::read_big_endian(content));
    }

    [[nodiscard]] const std::array<core::Byte, 8>& serial() const { return serial_; }
    [[nodiscard]] const std::array<core::Byte, 6>& pos() const { return pos_; }

private:
    explicit IsamLine(const Transmit& transmit) : transmit_(transmit) {}

    const Transmit& transmit_;
    std::array<core::Byte, 8> serial_{};
    std::array<core::Byte, 6> pos_{};
};

Values head(const IsamLine& isam, const OnlineLine& host, const IsamOperator& who) {
    return Values()
        .set("unit", who.unit)
        .set("mode", 0, 1)
        .set("isam", isam.serial())
        .set("pos", isam.pos())
        .set("terminal", host.terminal())
        .set("operator", who.number);
}

core::Error refused(std::uint16_t code, ResponseCode why) {
    return {fmt::format("the host refuses {}: {}", message::find_layout(code)->name,
                        message::find_response_code(static_cast<core::Byte>(why))->text.en)};
}

/// The reply's fields; a refusal is an Error.
Result<Values> granted(OnlineLine& host, std::uint16_t code, const Values& values) {
    TONGKA_TRY(auto reply, host.ask(code, values));
    if (const auto* why = std::get_if<ResponseCode>(&reply))
        return core::fail(refused(code, *why));
    return std::get<Values>(std::move(reply));
}

std::uint32_t number(const Values& values, std::string_view field) {
    return static_cast<std::uint32_t>(values.number(field));
}

/// Asks for the MAC of a new limit and writes it; the reply's fields, or the refusal.
Result<std::variant<Values, ResponseCode>> write_limit(const IsamLine& isam, OnlineLine& host, core::Byte action,
                                                       std::uint32_t batch, std::uint32_t left) {
    TONGKA_TRY(const auto counter, isam.counter());
    TONGKA_TRY(Bytes challenge, isam.send("GET CHALLENGE", "0084000004"_hex, 4));
    challenge.resize(8);
    TONGKA_TRY(auto reply, host.ask(message::isam_limit, Values()
                                                             .set("isam", isam.serial())
                                                             .set("batch", batch, 3)
                                                             .set("action", action, 1)
                                                             .set("challenge", challenge)
                                                             .set("left", left, 4)
                                                             .set("serial", counter, 4)));
    if (const auto* values = std::get_if<Values>(&reply)) {
        const IsamLimit limit{.amount = number(*values, "limit-amount"),
                              .until = values->array<7>("limit-time"),
                              .batch = number(*values, "batch")};
        TONGKA_CHECK(
            isam.send("UPDATE BINARY 001B", core::concatenate({isam_limit_command(limit), values->bytes("mac")})));
    }
    return reply;
}

Result<IsamLogIn> log_in(const IsamLine& isam, OnlineLine& host, const IsamOperator& who) {
    TONGKA_TRY(const Bytes random, isam.send("GET CHALLENGE", "0084000008"_hex, 8));
    TONGKA_TRY(const auto reply, granted(host, message::isam_log_in, head(isam, host, who).set("random", random)));
    TONGKA_CHECK(
        isam.send("EXTERNAL AUTHENTICATION", core::concatenate({"0082000108"_hex, reply.bytes("cryptogram")})));
    IsamLogIn done{.isam = isam.serial(),
                   .settle_date = reply.array<4>("settle-date"),
                   .granted = number(reply, "limit-amount"),
                   .limit = {}};
    TONGKA_TRY(done.limit, isam.limit());
    // A limit that stands in the SAM may have been loaded from: written again, that would be given a second time.
    const std::uint32_t batch = number(reply, "batch");
    if (done.limit.batch != batch) {
        TONGKA_TRY(const auto opened, write_limit(isam, host, IsamLimit::open, batch, 0));
        if (const auto* why = std::get_if<ResponseCode>(&opened))
            return core::fail(refused(message::isam_limit, *why));
        TONGKA_TRY(done.limit, isam.limit());
    }
    return done;
}

} // namespace

Result<IsamLogIn> isam_log_in(const Transmit& transmit, OnlineLine& host, const IsamOperator& who) {
    TONGKA_TRY(const auto isam, IsamLine::open(transmit));
    return log_in(isam, host, who);
}

Result<std::optional<IsamLogOut>> isam_log_out(const Transmit& transmit, OnlineLine& host, const IsamOperator& who,
                                               std::uint32_t deposits) {
    TONGKA_TRY(const auto isam, IsamLine::open(transmit));
    TONGKA_TRY(auto limit, isam.limit());
    TONGKA_TRY(auto closed, write_limit(isam, host, IsamLimit::close, limit.batch, limit.amount));
    if (const auto* why = std::get_if<ResponseCode>(&closed); why && *why == ResponseCode::other_batch) {
        // The limit of the log-in never came into the SAM, so nothing of it was loaded: all of it is left.
        TONGKA_TRY(const auto again, log_in(isam, host, who));
        limit = again.limit;
        TONGKA_TRY(closed, write_limit(isam, host, IsamLimit::close, limit.batch, limit.amount));
    }
    if (const auto* why = std::get_if<ResponseCode>(&closed)) {
        if (*why == ResponseCode::not_logged_in && limit.closed())
            return std::nullopt;
        return core::fail(refused(message::isam_limit, *why));
    }
    const auto& sums = std::get<Values>(closed);
    TONGKA_TRY(const auto counter, isam.counter());
    IsamLogOut done{.isam = isam.serial(),
                    .batch = limit.batch,
                    .load_count = counter - number(sums, "first-serial"),
                    .load_amount = number(sums, "granted") - limit.amount};
    TONGKA_CHECK(granted(host, message::isam_log_out,
                         head(isam, host, who)
                             .set("batch", done.batch, 3)
                             .set("load-count", done.load_count, 4)
                             .set("load-amount", done.load_amount, 4)
                             .set("deposit-amount", deposits, 4)));
    return done;
}

} // namespace tongka::simulator
