#include "harness/language/matcher.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/language/evaluator.hpp"

namespace tongka::harness {
namespace {

using core::Byte;
using core::Bytes;
using core::BytesView;
using core::fail;
using core::Result;
using core::document::Node;

/// One alternative held against the answer.
struct Attempt {
    bool status_fits = false;
    std::string status; ///< what the status word must be
    CheckResult result;
};

struct Status {
    bool fits;
    std::string text;
    std::string difference;
};

std::string masked_hex(BytesView value, BytesView mask) {
    auto text = core::to_hex(value);
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((mask[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0x0F) == 0)
            text[i] = 'x';
    return text;
}

Result<Status> match_status(const StatusPattern& pattern, core::StatusWord sw, const Node& source,
                            const Environment& environment) {
    if (const auto* range = std::get_if<StatusRange>(&pattern))
        return Status{
            range->first <= sw && sw <= range->last, fmt::format("{:04X}..{:04X}", range->first, range->last), {}};
    StatusMask mask;
    if (const auto* written = std::get_if<StatusMask>(&pattern)) {
        mask = *written;
    } else {
        TONGKA_TRY(const auto value, evaluate_width(std::get<Expression>(pattern), source, environment, 2));
        mask.value = static_cast<core::StatusWord>(core::read_big_endian(value));
    }
    const auto difference = static_cast<core::StatusWord>((mask.value ^ sw) & mask.mask);
    return Status{difference == 0, masked_hex(core::big_endian(mask.value, 2), core::big_endian(mask.mask, 2)),
                  fmt::format("{:04X}", difference)};
}

Words describe_length(std::size_t received, std::size_t wanted, bool takes_rest) {
    if (wanted == 0)
        return {fmt::format("返回了{}字节数据，应无数据", received),
                fmt::format("{} of data came, and there must be none", count_bytes(received))};
    const auto* zh_bound = takes_rest ? "至少" : "";
    const auto* en_bound = takes_rest ? "at least " : "";
    if (received == 0)
        return {fmt::format("没有返回数据，应{}为{}字节", zh_bound, wanted),
                fmt::format("no data came, and there must be {}{}", en_bound, count_bytes(wanted))};
    return {fmt::format("返回了{}字节数据，应{}为{}字节", received, zh_bound, wanted),
            fmt::format("{} of data came, and there must be {}{}", count_bytes(received), en_bound, wanted)};
}

/// "bytes 1 to 4 of the data are 00000064, not 00000065 (start + amount)"
Words describe_item(const DataItem& item, std::size_t offset, BytesView received, std::string_view expected,
                    std::string_view written) {
    const auto first = offset + 1;
    const auto last = offset + item.width;
    const Words place = item.width == 1
                            ? Words{fmt::format("数据第{}字节", first), fmt::format("byte {} of the data is", first)}
                            : Words{fmt::format("数据第{}至{}字节", first, last),
                                    fmt::format("bytes {} to {} of the data are", first, last)};
    Words source;
    if (item.kind == DataItem::Kind::compare) {
        const auto expression = item.expression.written(written);
        source = {fmt::format("（{}）", expression), fmt::format(" ({})", expression)};
    }
    const auto hex = core::to_hex(received);
    return {fmt::format("{}为{}，应为{}{}", place.zh, hex, expected, source.zh),
            fmt::format("{} {}, not {}{}", place.en, hex, expected, source.en)};
}

/// Holds the data against an alternative's items in order; captures are bound as they come, so that a later item can
/// use them. The caller takes them back where the whole does not fit.
class DataMatcher {
public:
    DataMatcher(const Pattern& pattern, const Alternative& alternative, Environment& environment)
        : pattern_(pattern), alternative_(alternative), environment_(environment) {}

    Result<void> match(BytesView data, CheckResult& result);

    /// Appends what the items ask for, as far as it can be told without an answer.
    void describe(std::string& expected) const;

private:
    Result<void> match_item(const DataItem& item, BytesView received, std::size_t offset, CheckResult& result);
    void compare(const DataItem& item, BytesView received, BytesView value, BytesView mask, std::size_t offset,
                 CheckResult& result);
    [[nodiscard]] std::string_view written(const DataItem& item) const {
        return std::string_view(pattern_.source.text).substr(item.begin, item.end - item.begin);
    }

    const Pattern& pattern_;
    const Alternative& alternative_;
    Environment& environment_;
};

Result<void> DataMatcher::match(BytesView data, CheckResult& result) {
    std::size_t offset = 0;
    for (const auto& item : alternative_.data) {
        const bool is_rest = item.kind == DataItem::Kind::rest;
        const auto received = data.subspan(offset, is_rest ? data.size() - alternative_.width() : item.width);
        offset += received.size();
        if (is_rest && received.empty()) {
            result.expected += " *";
            continue;
        }
        result.received += ' ' + core::to_hex(received);
        TONGKA_CHECK(match_item(item, received, offset - received.size(), result));
    }
    return {};
}

Result<void> DataMatcher::match_item(const DataItem& item, BytesView received, std::size_t offset,
                                     CheckResult& result) {
    if (item.kind == DataItem::Kind::literal) {
        compare(item, received, item.value, item.mask, offset, result);
        return {};
    }
    if (item.kind == DataItem::Kind::compare) {
        TONGKA_TRY(const auto value, evaluate_width(item.expression, pattern_.source, environment_, item.width));
        compare(item, received, value, Bytes(item.width, 0xFF), offset, result);
        return {};
    }
    result.expected += item.kind == DataItem::Kind::rest ? " *" : fmt::format(" {}", written(item));
    result.difference += ' ' + std::string(2 * received.size(), '0');
    if (item.kind == DataItem::Kind::rest)
        return {};
    if (auto bound = environment_.bind(item.name, core::to_bytes(received)); !bound)
        return fail(pattern_.source.error_at(item.begin, bound.error().message));
    return {};
}

void DataMatcher::compare(const DataItem& item, BytesView received, BytesView value, BytesView mask, std::size_t offset,
                          CheckResult& result) {
    Bytes difference(item.width);
    for (std::size_t i = 0; i < item.width; ++i)
        difference[i] = static_cast<Byte>((received[i] ^ value[i]) & mask[i]);
    const auto expected = masked_hex(value, mask);
    result.expected += ' ' + expected;
    result.difference += ' ' + core::to_hex(difference);
    const bool fits = std::ranges::all_of(difference, [](Byte byte) { return byte == 0; });
    if (!fits && result.message.empty())
        result.message = describe_item(item, offset, received, expected, pattern_.source.text);
}

void DataMatcher::describe(std::string& expected) const {
    for (const auto& item : alternative_.data) {
        expected += ' ';
        if (item.kind == DataItem::Kind::literal) {
            expected += masked_hex(item.value, item.mask);
            continue;
        }
        if (item.kind == DataItem::Kind::rest) {
            expected += '*';
            continue;
        }
        const auto value = item.kind == DataItem::Kind::compare
                               ? evaluate_width(item.expression, pattern_.source, environment_, item.width)
                               : Result<Bytes>(fail(std::string{}));
        expected += value ? core::to_hex(*value) : std::string(written(item));
    }
}

Result<Attempt> attempt(const Pattern& pattern, const Alternative& alternative, const core::Response& response,
                        Environment& environment) {
    TONGKA_TRY(auto status, match_status(alternative.status, response.sw, pattern.source, environment));
    Attempt attempt{.status_fits = status.fits, .status = status.text, .result = {}};
    auto& result = attempt.result;
    result.expected = status.text;
    result.received = fmt::format("{:04X}", response.sw);
    DataMatcher matcher(pattern, alternative, environment);
    const auto width = alternative.width();
    const auto size = response.data.size();
    const bool length_fits = alternative.has_rest() ? size >= width : size == width;
    if (status.fits && length_fits) {
        result.difference = status.difference.empty() ? "0000" : status.difference;
        TONGKA_CHECK(matcher.match(response.data, result));
        result.pass = result.message.empty();
    } else {
        matcher.describe(result.expected);
        if (size > 0)
            result.received += ' ' + core::to_hex(response.data);
        if (!status.fits)
            result.difference = width == 0 && size == 0 ? status.difference : "";
        else
            result.message = describe_length(size, width, alternative.has_rest());
    }
    if (result.pass)
        result.difference.clear();
    return attempt;
}

/// Several alternatives, none of which fits: the one whose status word came is told about, if it is only one.
CheckResult combine(std::vector<Attempt>& attempts, core::StatusWord sw) {
    std::string expected;
    Words statuses;
    Attempt* closest = nullptr;
    std::size_t close = 0;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        auto& attempt = attempts[i];
        expected += (i == 0 ? "" : " | ") + attempt.result.expected;
        const bool last = i + 1 == attempts.size();
        statuses.zh += (i == 0 ? "" : last ? "或" : "、") + attempt.status;
        statuses.en += (i == 0 ? "" : last ? " or " : ", ") + attempt.status;
        if (attempt.status_fits) {
            closest = &attempt;
            ++close;
        }
    }
    CheckResult result;
    result.received = attempts.front().result.received;
    if (close == 1)
        result = std::move(closest->result);
    else if (close == 0)
        result.message = {fmt::format("状态字为{:04X}，应为{}", sw, statuses.zh),
                          fmt::format("the status word is {:04X}, not {}", sw, statuses.en)};
    else
        result.message = {fmt::format("数据与状态字为{:04X}的各选项均不符", sw),
                          fmt::format("the data fits none of the alternatives with {:04X}", sw)};
    if (close == 0 && attempts.size() == 1)
        result.difference = attempts.front().result.difference;
    result.expected = std::move(expected);
    return result;
}

} // namespace

Result<CheckResult> match(const Pattern& pattern, const core::Response& response, Environment& environment) {
    if (pattern.is_any()) {
        CheckResult result{.pass = true, .expected = "any"};
        result.received =
            fmt::format("{:04X}{}{}", response.sw, response.data.empty() ? "" : " ", core::to_hex(response.data));
        return result;
    }
    std::vector<Attempt> attempts;
    const auto bound = environment.size();
    for (const auto& alternative : pattern.alternatives) {
        auto next = attempt(pattern, alternative, response, environment);
        if (!next || !next->result.pass)
            environment.shrink(bound);
        if (!next)
            return fail(std::move(next).error());
        if (next->result.pass)
            return std::move(next->result);
        attempts.push_back(*std::move(next));
    }
    return combine(attempts, response.sw);
}

} // namespace tongka::harness
