#include <gtest/gtest.h>

#include "harness/language/bindings.hpp"
#include "harness/language/loader.hpp"
#include "harness/language/tests/support.hpp"

namespace tongka::harness {
namespace {

class BindingsTest : public testing::Test {
protected:
    Suite suite_ = parse_suite({{R"yaml(
- id: caller
  title: {zh: 一, en: One}
  covers: [304-PUR-001]
  device: card
  vars: {amount: u16(1), total: amount + 01}
  steps:
    - call: doubled
      with: {value: ixit.value}
      gives: {result: twice}
)yaml",
                                 "c", "cjt304"}},
                               {{R"yaml(
- procedure: doubled
  title: {zh: 二, en: Two}
  device: card
  params: {value: 2}
  returns: {twice: 2}
  steps:
    - let: {twice: value + value}
)yaml",
                                 "p", ""}})
                       .value();
    const Case& case_ = suite_.cases.at(0);
    const Call& call_ = std::get<Call>(case_.steps.at(0).action);
    TableLookup lookup_;
    Environment environment_{lookup_};

    static std::string shown(const Environment& environment, std::string_view name) {
        const auto* value = environment.find(name);
        return value != nullptr ? core::to_hex(std::get<core::Bytes>(*value)) : "nothing";
    }
};

TEST_F(BindingsTest, InOrder) {
    ASSERT_TRUE(bind(case_.vars, environment_));
    EXPECT_EQ(shown(environment_, "total"), "0002");
    EXPECT_EQ(bind(case_.vars, environment_).error().message, "c:6:10: 'amount' is bound already");
}

TEST_F(BindingsTest, AProcedureSeesItsParametersAlone) {
    lookup_.values.emplace("ixit.value", core::Bytes{1, 2});
    ASSERT_TRUE(bind(case_.vars, environment_));
    auto inner = enter(call_, environment_).value();
    EXPECT_EQ(shown(inner, "value"), "0102");
    EXPECT_EQ(shown(inner, "amount"), "nothing");

    ASSERT_TRUE(bind(std::get<Let>(call_.procedure->steps.at(0).action).bindings, inner));
    ASSERT_TRUE(leave(call_, inner, environment_));
    EXPECT_EQ(shown(environment_, "result"), "0204");
    EXPECT_EQ(shown(environment_, "value"), "nothing");
}

TEST_F(BindingsTest, WidthsAreThoseOfTheProcedure) {
    lookup_.values.emplace("ixit.value", core::Bytes{1, 2, 3});
    EXPECT_EQ(enter(call_, environment_).error().message, "c:9:21: 'value' must be 2 bytes, but is 3 bytes");

    Environment inner(lookup_);
    EXPECT_EQ(leave(call_, inner, environment_).error().message, "c:10:23: 'twice' was not bound by the procedure");
    ASSERT_TRUE(inner.bind("twice", core::Bytes{1}));
    EXPECT_EQ(leave(call_, inner, environment_).error().message, "c:10:23: 'twice' must be 2 bytes, but is 1 byte");
}

} // namespace
} // namespace tongka::harness
