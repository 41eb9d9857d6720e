#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/document/node.hpp"

namespace tongka::harness {

struct Function;

/// An expression as it was written, a tree. `begin` and `end` are offsets into the text it was read from.
struct Expression {
    enum class Kind : std::uint8_t {
        literal,     ///< `literal`
        variable,    ///< `name`: a variable, a parameter or a capture
        given,       ///< `name`: what comes with the run, such as `today`, `card.asn`, `ixit.terminal`
        number,      ///< `number`: a decimal argument
        word,        ///< `name`: an argument that names a rule or a key
        call,        ///< `function` of `operands`
        concatenate, ///< `operands`, two or more
        add,         ///< two `operands`
        subtract,    ///< two `operands`
    };

    Kind kind = Kind::literal;
    std::size_t begin = 0;
    std::size_t end = 0;
    core::Bytes literal{};
    std::string name{};
    std::size_t number = 0;
    const Function* function = nullptr;
    std::vector<Expression> operands{};

    /// How it was written; `text` is the text it was read from.
    [[nodiscard]] std::string_view written(std::string_view text) const { return text.substr(begin, end - begin); }
};

/// An expression that is a scalar of its own: `vars`, `let`, `with`.
struct Formula {
    core::document::Node source;
    Expression root{};
};

} // namespace tongka::harness
