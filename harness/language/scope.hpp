#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/type.hpp"

namespace tongka::harness {

/// The names that steps may use, as the loader follows them: a name is bound once, and used only where it is surely
/// bound.
class Scope {
public:
    /// Binds a name; `source` and `index` say where it stands. An Error for a name that is no name, or is bound
    /// already.
    [[nodiscard]] core::Result<void> bind(std::string_view name, Type type, const core::document::Node& source,
                                          std::size_t index = 0);

    /// The type of a name that is used; it counts as used from then on.
    [[nodiscard]] core::Result<Type> use(std::string_view name, const core::document::Node& source, std::size_t index);

    /// What is bound from here on is bound only `when` this holds; empty for always.
    void set_condition(std::string_view when) { condition_ = when; }

    /// What was bound since `mark()` cannot be used any more, and not be bound again either.
    [[nodiscard]] std::size_t mark() const { return bound_; }
    void hide_since(std::size_t mark, std::string_view reason);

    [[nodiscard]] bool is_used(std::string_view name) const;

    /// The type of a name that is surely bound, for what a procedure returns.
    [[nodiscard]] std::optional<Type> find_unconditional(std::string_view name) const;

private:
    struct Name {
        Type type;
        std::size_t line;
        std::size_t order;     ///< how many names were bound before it
        std::string condition; ///< the `when` of its step
        std::string hidden;    ///< why it cannot be used any more
        bool used = false;
    };

    std::map<std::string, Name, std::less<>> names_;
    std::string condition_;
    std::size_t bound_ = 0;
};

} // namespace tongka::harness
