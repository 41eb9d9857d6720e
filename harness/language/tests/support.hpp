#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/document/node.hpp"
#include "core/hex.hpp"
#include "harness/language/lookup.hpp"

namespace tongka::harness {

/// A scalar that stands at f:1:1.
inline core::document::Node scalar(std::string text) {
    using core::document::Node;
    Node node(Node::Kind::text, std::make_shared<const core::document::Source>("f", text), 0);
    node.text = std::move(text);
    return node;
}

/// Answers from tables. Keys are named `DPK.01`, `DTK`; a PSAM's with `master ` before.
class TableLookup final : public Lookup {
public:
    std::map<std::string, core::Bytes, std::less<>> values{
        {"today", core::from_hex("20081009").value()},
        {"now", core::from_hex("140759").value()},
        {"card.asn", core::from_hex("2144000000000001").value()},
        {"ixit.terminal", core::from_hex("001122334455").value()},
        {"ixit.key-index", core::Bytes{1}},
    };
    std::map<std::string, std::string, std::less<>> rules{{"completion-without-init", "6901"},
                                                          {"log-counter", "before"}};
    std::map<std::string, core::Key, std::less<>> keys;

    core::Result<core::Bytes> given(std::string_view name) override {
        const auto found = values.find(name);
        if (found == values.end())
            return core::fail("the IXIT has no '" + std::string(name) + "'");
        return found->second;
    }
    core::Result<std::string> rule(std::string_view name) override { return rules.find(name)->second; }
    core::Result<core::Key> key(std::string_view name, std::optional<core::Byte> index) override {
        return find(std::string(name) + (index ? "." + core::to_hex(core::Bytes{*index}) : ""));
    }
    core::Result<core::Key> master(std::string_view name, core::Byte index) override {
        return find("master " + std::string(name) + "." + core::to_hex(core::Bytes{index}));
    }
    core::Result<core::Key> isam_key(std::string_view name, core::Byte index) override {
        return find("isam " + std::string(name) + "." + core::to_hex(core::Bytes{index}));
    }
    core::Result<core::Bytes> random(std::size_t count) override { return core::Bytes(count, 0xA5); }

private:
    core::Result<core::Key> find(const std::string& name) const {
        const auto found = keys.find(name);
        if (found == keys.end())
            return core::fail("the profile has no key " + name);
        return found->second;
    }
};

} // namespace tongka::harness
