//===- CommandLine.cpp - a table of command line options ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Support/CommandLine.h"
#include "slb/Support/ToolOptions.h"
#include "llvm/Support/CommandLine.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <sstream>

using namespace slb;
namespace cl = llvm::cl;

struct CommandLine::Options {
  struct Group {
    explicit Group(std::string title)
        : title(std::move(title)), category(this->title) {}

    std::string title;
    cl::OptionCategory category;
  };
  struct Entry {
    std::string name, valueName, help;
    Setter setter;
    std::unique_ptr<cl::Option> option;
    /// What was given.
    std::function<std::string()> getValue;
    bool isRequired = false;
  };

  Options() { groups.emplace_back("Options"); }
  ~Options() {
    for (Entry &entry : entries)
      entry.option->removeArgument();
  }

  Entry &add(const std::string &name, const std::string &valueName,
             const std::string &help, Setter setter) {
    // Libraries bring options of their own, such as LLVM's --threads.
    auto &registered = cl::getRegisteredOptions();
    if (cl::Option *other = registered.lookup(name))
      other->removeArgument();
    // llvm::cl keeps references.
    Entry &entry = entries.emplace_back();
    entry.name = name;
    entry.valueName = valueName;
    entry.help = help;
    entry.setter = std::move(setter);
    return entry;
  }
  cl::cat getGroup() { return cl::cat(groups.back().category); }

  // Places of their elements stay.
  std::deque<Group> groups;
  std::deque<Entry> entries;
};

CommandLine::CommandLine() : options(std::make_unique<Options>()) {}
CommandLine::~CommandLine() = default;

void CommandLine::group(const std::string &title) {
  options->groups.emplace_back(title);
}

void CommandLine::option(const std::string &name, const std::string &valueName,
                         const std::string &help, Setter setter) {
  Options::Entry &entry =
      options->add(name, valueName, help, std::move(setter));
  auto option = std::make_unique<cl::opt<std::string>>(
      llvm::StringRef(entry.name), cl::desc(entry.help),
      cl::value_desc(entry.valueName), options->getGroup());
  entry.getValue = [value = option.get()] { return value->getValue(); };
  entry.option = std::move(option);
}

void CommandLine::required(const std::string &name,
                           const std::string &valueName,
                           const std::string &help, Setter setter) {
  option(name, valueName, help, std::move(setter));
  // Not cl::Required, which says a line for every option that is missing.
  options->entries.back().isRequired = true;
}

void CommandLine::flag(const std::string &name, const std::string &help,
                       bool &target) {
  auto setter = [&target](const std::string &value) {
    target = !value.empty();
    return std::string();
  };
  Options::Entry &entry = options->add(name, "", help, setter);
  auto option = std::make_unique<cl::opt<bool>>(
      llvm::StringRef(entry.name), cl::desc(entry.help), options->getGroup());
  entry.getValue = [value = option.get()] {
    return std::string(value->getValue() ? "true" : "");
  };
  entry.option = std::move(option);
}

bool CommandLine::parse(int argc, char **argv, const char *overview,
                        std::string &error) {
  error.clear();
  std::vector<const cl::OptionCategory *> categories;
  for (const Options::Group &group : options->groups)
    categories.push_back(&group.category);
  cl::HideUnrelatedOptions(categories);
  parseToolOptions(argc, argv, overview);
  for (const Options::Entry &entry : options->entries) {
    int count = entry.option->getNumOccurrences();
    if (count == 0 && entry.isRequired) {
      error = "--" + entry.name + " is missing: expects --" + entry.name + "=" +
              entry.valueName;
      return false;
    }
    if (count == 0)
      continue;
    if (count > 1) {
      error = "--" + entry.name + ": expects to be given once, but got it " +
              std::to_string(count) + " times";
      return false;
    }
    std::string value = entry.getValue(), expected = entry.setter(value);
    if (expected.empty())
      continue;
    error = "--" + entry.name + ": expects " + expected + ", but got '" +
            value + "'";
    return false;
  }
  return true;
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
