//===- CommandLine.cpp - a strict table of command line options -----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Support/CommandLine.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <sstream>

using namespace slb;

static constexpr size_t kHelpColumn = 34;

void CommandLine::group(const std::string &title) {
  entries.push_back({title, "", "", nullptr, false, false, true});
}

void CommandLine::option(const std::string &name, const std::string &valueName,
                         const std::string &help, Setter setter) {
  entries.push_back({name, valueName, help, setter, false, false, false});
}

void CommandLine::required(const std::string &name,
                           const std::string &valueName,
                           const std::string &help, Setter setter) {
  entries.push_back({name, valueName, help, setter, true, false, false});
}

void CommandLine::flag(const std::string &name, const std::string &help,
                       bool &target) {
  auto setter = [&target](const std::string &) {
    target = true;
    return std::string();
  };
  entries.push_back({name, "", help, setter, false, true, false});
}

const CommandLine::Entry *CommandLine::find(const std::string &name) const {
  for (const Entry &entry : entries)
    if (!entry.isTitle && "--" + entry.name == name)
      return &entry;
  return nullptr;
}

/// Splits the command line into options and values.
bool CommandLine::collect(int argc, const char *const *argv, Given &given,
                          std::string &error) const {
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    size_t equals = word.find('=');
    std::string name = word.substr(0, equals);
    bool hasValue = equals != std::string::npos;
    std::string value = hasValue ? word.substr(equals + 1) : "";
    const Entry *entry = find(name);
    if (!entry)
      error = "unknown option '" + name + "'; --help lists the options";
    else if (entry->isFlag && hasValue)
      error = name + ": expects no value, but got '" + value + "'";
    else if (!entry->isFlag && !hasValue && i + 1 == argc)
      error = name + ": expects a value, but got none";
    if (!error.empty())
      return false;
    if (!entry->isFlag && !hasValue)
      value = argv[++i];
    if (!given.emplace(entry, value).second) {
      error = name + ": expects to be given once, but got it twice";
      return false;
    }
  }
  return true;
}

bool CommandLine::parse(int argc, const char *const *argv,
                        std::string &error) const {
  error.clear();
  Given given;
  if (!collect(argc, argv, given, error))
    return false;
  for (const Entry &entry : entries) {
    auto found = given.find(&entry);
    if (found == given.end()) {
      if (!entry.isRequired)
        continue;
      error = "--" + entry.name + " is missing: expects --" + entry.name + "=" +
              entry.valueName;
      return false;
    }
    std::string expected = entry.setter(found->second);
    if (expected.empty())
      continue;
    error = "--" + entry.name + ": expects " + expected + ", but got '" +
            found->second + "'";
    return false;
  }
  return true;
}

std::string CommandLine::help() const {
  std::string text;
  for (const Entry &entry : entries) {
    if (entry.isTitle) {
      text += "\n" + entry.name + ":\n";
      continue;
    }
    std::string left = "  --" + entry.name;
    if (!entry.valueName.empty())
      left += "=" + entry.valueName;
    if (left.size() + 2 > kHelpColumn)
      left += "\n" + std::string(kHelpColumn, ' ');
    else
      left.resize(kHelpColumn, ' ');
    text += left + entry.help + "\n";
  }
  return text;
}

CommandLine::Setter CommandLine::text(std::string &target) {
  return [&target](const std::string &value) {
    target = value;
    return std::string(value.empty() ? "a value" : "");
  };
}

/// `a, b or c`.
static std::string joinChoices(const std::vector<std::string> &choices) {
  std::string text;
  for (size_t i = 0; i < choices.size(); ++i) {
    if (i > 0)
      text += i + 1 == choices.size() ? " or " : ", ";
    text += choices[i];
  }
  return text;
}

CommandLine::Setter CommandLine::choice(std::string &target,
                                        std::vector<std::string> choices) {
  return [&target, choices](const std::string &value) {
    target = value;
    bool known =
        std::find(choices.begin(), choices.end(), value) != choices.end();
    return known ? std::string() : joinChoices(choices);
  };
}

CommandLine::Setter CommandLine::choice(int64_t &target,
                                        std::vector<int64_t> choices) {
  std::vector<std::string> names;
  for (int64_t value : choices)
    names.push_back(std::to_string(value));
  return [&target, choices, names](const std::string &value) {
    auto found = std::find(names.begin(), names.end(), value);
    if (found == names.end())
      return joinChoices(names);
    target = choices[found - names.begin()];
    return std::string();
  };
}

CommandLine::Setter CommandLine::integer(int64_t &target, int64_t least,
                                         int64_t most) {
  return [&target, least, most](const std::string &value) {
    char *end = nullptr;
    errno = 0;
    target = std::strtoll(value.c_str(), &end, 10);
    bool valid = !value.empty() && *end == 0 && errno == 0 && target >= least &&
                 target <= most;
    if (valid)
      return std::string();
    if (most == INT64_MAX)
      return "a whole number of at least " + std::to_string(least);
    return "a whole number of " + std::to_string(least) + " to " +
           std::to_string(most);
  };
}

CommandLine::Setter CommandLine::real(double &target, double least,
                                      double most) {
  return [&target, least, most](const std::string &value) {
    char *end = nullptr;
    target = std::strtod(value.c_str(), &end);
    bool valid = !value.empty() && *end == 0 && std::isfinite(target) &&
                 target >= least && target <= most;
    if (valid)
      return std::string();
    std::ostringstream range;
    range << "a number of " << least << " to " << most;
    return range.str();
  };
}

CommandLine::Setter CommandLine::real(std::optional<double> &target,
                                      double least, double most) {
  return [&target, least, most](const std::string &value) {
    double number = 0;
    std::string expected = real(number, least, most)(value);
    target = number;
    return expected;
  };
}
