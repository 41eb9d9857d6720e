#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace tongka::core {

/// Why something could not be done: one line for the person who asked, place first ("profile.yaml:3:5: …").
struct Error {
    std::string message;

    /// The same error, told from one step further out: `file.yaml:3:5: message`.
    [[nodiscard]] Error at(std::string_view place) const { return {std::string(place) + ": " + message}; }
};

/// A value, or the Error that kept it from being made. An answer of a card (6A82) is data, never an Error.
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

[[nodiscard]] inline tl::unexpected<Error> fail(std::string message) {
    return tl::unexpected(Error{std::move(message)});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected(std::move(error));
}

} // namespace tongka::core

#define TONGKA_CONCAT_(a, b) a##b
#define TONGKA_CONCAT(a, b) TONGKA_CONCAT_(a, b)

/// TONGKA_TRY(auto x, expression): x is the expression's value; its Error is returned to the caller.
#define TONGKA_TRY(declaration, ...)                                                                                   \
    auto TONGKA_CONCAT(result_, __LINE__) = (__VA_ARGS__);                                                             \
    if (!TONGKA_CONCAT(result_, __LINE__))                                                                             \
        return tl::unexpected(std::move(TONGKA_CONCAT(result_, __LINE__)).error());                                    \
    declaration = *std::move(TONGKA_CONCAT(result_, __LINE__))

/// TONGKA_CHECK(expression): as TONGKA_TRY for an expression of type Result<void>.
#define TONGKA_CHECK(...)                                                                                              \
    do {                                                                                                               \
        if (auto checked = (__VA_ARGS__); !checked)                                                                    \
            return tl::unexpected(std::move(checked).error());                                                         \
    } while (false)
