#include <gtest/gtest.h>

#include "harness/device/deviations.hpp"
#include "harness/device/open_actor.hpp"

namespace tongka::harness {
namespace {

TEST(OpenActor, WhatIsNotKnownIsRefusedByItsRole) {
    for (const Role role : actor_roles) {
        OpenOptions options;
        options.files.layouts = TONGKA_SOURCE_DIR "/testcases/clearing";
        const auto opened = open_actor("usb:1", role, {}, options);
        ASSERT_FALSE(opened);
        if (role == Role::file) { // whatever is not simulated is a path
            EXPECT_EQ(opened.error().message, "usb:1: no such file or folder");
            continue;
        }
        EXPECT_TRUE(opened.error().message.starts_with("'usb:1' is no " + std::string(name(role)) + ": "))
            << opened.error().message;
        EXPECT_NE(opened.error().message.find("known"), std::string::npos);
    }
}

TEST(RoleOfDeviation, IsFoundByName) {
    EXPECT_EQ(role_of_deviation("purchase-mac1-unchecked").value(), Role::card);
    for (const auto& known : deviation_names())
        EXPECT_EQ(name(role_of_deviation(known.name).value()), known.device) << known.name;
    EXPECT_EQ(role_of_deviation("purchase-mac1-uncheckd").error().message,
              "there is no deviation 'purchase-mac1-uncheckd': did you mean 'purchase-mac1-unchecked'?");
}

} // namespace
} // namespace tongka::harness
