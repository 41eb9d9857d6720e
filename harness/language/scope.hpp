#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/guard.hpp"
#include "harness/language/type.hpp"

namespace tongka::harness {

/// The names that steps may use, as the loader follows them: a name is bound once, and used only where it is surely
/// bound. Steps of which one alone can run, by the choice of a rule, count as one.
class Scope {
public:
    /// Binds a name; `source` and `index` say where it stands. An Error for a name that is no name, or is bound
    /// already.
    [[nodiscard]] core::Result<void> bind(std::string_view name, Type type, const core::document::Node& source,
                                          std::size_t index = 0);

    /// The type of a name that is used; it counts as used from then on.
    [[nodiscard]] core::Result<Type> use(std::string_view name, const core::document::Node& source, std::size_t index);

    /// What is bound from here on is bound only where the guard holds, until the guard is taken back.
    void enter(Guard guard) { in_force_.push_back(std::move(guard)); }
    void leave() { in_force_.pop_back(); }

    /// What was bound since `mark()` cannot be used any more, and not be bound again either.
    [[nodiscard]] std::size_t mark() const { return bound_; }
    void hide_since(std::size_t mark, std::string_view reason);

    /// The same, but the names may be bound again.
    void forget_since(std::size_t mark, std::string_view reason);

    [[nodiscard]] bool is_used(std::string_view name) const;

    /// The type of a name that is surely bound, for what a procedure returns.
    [[nodiscard]] std::optional<Type> find_sure(std::string_view name) const;

private:
    /// Where a name is bound.
    struct Place {
        std::size_t line;
        std::size_t order;    ///< how many were bound before it
        Guards guards;        ///< of its step, and of what the step stands in
        std::string hidden{}; ///< why it does not count any more
        bool forgotten = false;
    };
    struct Name {
        Type type;
        std::vector<Place> places{};
        bool used = false;
    };

    [[nodiscard]] bool is_sure(const Name& name) const;

    std::map<std::string, Name, std::less<>> names_;
    Guards in_force_;
    std::size_t bound_ = 0;
};

} // namespace tongka::harness
