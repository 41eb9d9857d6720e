#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "core/text.hpp"

/// What each message carries, as data: encoded, decoded and printed (`tongka issuer messages`) from the same table.
namespace tongka::core::message {

enum class FieldType : std::uint8_t {
    number, ///< unsigned, big-endian
    bcd,    ///< decimal digits, two a byte
    bytes,
};

/// How sure a field of the table is.
enum class Source : std::uint8_t {
    verified,      ///< two independent public projects have it
    single_source, ///< one has it
    inferred,      ///< none: our reading
};

struct Field {
    std::string_view name;
    std::size_t width; ///< in bytes
    FieldType type;
    Source source;
    std::string_view from; ///< where it stands, or why it is there
    Text text;
};

/// A request and its reply. Every reply begins with the response code; what else it has is sent with code 00 alone.
struct Layout {
    std::uint16_t code;
    std::string_view name;
    Source source; ///< of the code
    Text text;
    std::span<const Field> request;
    std::span<const Field> reply;
};

// 0508 and 0608 are public (clauses.md F); the others are ours.
inline constexpr std::uint16_t line_check = 0x0500;
inline constexpr std::uint16_t load_request = 0x0501;
inline constexpr std::uint16_t load_result = 0x0502;
inline constexpr std::uint16_t load_inquiry = 0x0503;
inline constexpr std::uint16_t load_settlement = 0x0504;
inline constexpr std::uint16_t isam_log_in = 0x0508;
inline constexpr std::uint16_t isam_limit = 0x0518;
inline constexpr std::uint16_t isam_log_out = 0x0608;

[[nodiscard]] std::span<const Layout> layouts();

/// Null for a code without a layout; the reply bit is not part of it.
[[nodiscard]] const Layout* find_layout(std::uint16_t code);
/// An Error for an unknown name tells the nearest one.
[[nodiscard]] Result<const Layout*> layout_named(std::string_view name);

[[nodiscard]] std::size_t size_of(std::span<const Field> fields);
[[nodiscard]] std::string_view name(FieldType type);
[[nodiscard]] std::string_view name(Source source);

} // namespace tongka::core::message
