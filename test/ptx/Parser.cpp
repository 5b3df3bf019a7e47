//===- Parser.cpp - PTX from its text -------------------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Parser.h"
#include "Lexer.h"
#include <algorithm>

using namespace slb::ptx;

static bool startsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

/// An integer, or the bits of a float: 12, -1, 0x7FC0, 0x5410U, 0f3F800000.
static bool parseNumber(std::string word, uint64_t &value) {
  if (!word.empty() && word.back() == 'U')
    word.pop_back();
  if (startsWith(word, "0f") || startsWith(word, "0d"))
    word[1] = 'x';
  char *end = nullptr;
  value = word[0] == '-' ? uint64_t(std::strtoll(word.c_str(), &end, 0))
                         : std::strtoull(word.c_str(), &end, 0);
  return !word.empty() && *end == '\0';
}

/// The bits of a type such as .u64; 0 if it is none.
static unsigned getTypeBits(const std::string &type) {
  if (type == ".pred")
    return 1;
  bool isType =
      type.size() >= 3 && type[0] == '.' &&
      std::string_view("busf").find(type[1]) != std::string_view::npos;
  return isType ? unsigned(std::strtoul(type.c_str() + 2, nullptr, 10)) : 0;
}

namespace {
class Parser {
public:
  Parser(std::string_view text, std::string &error)
      : lexer(text), error(error) {}

  bool parseProgram(Program &program);

private:
  bool fail(const std::string &message);
  bool expect(std::string_view word);
  bool expectNumber(uint64_t &value);

  bool parseHeader(Program &program);
  bool parseKernel(Program &program);
  bool parseParameter();
  bool parseBody();
  bool parseStatement();
  bool parseRegisters();
  bool parseGuard(Instruction &instruction);
  bool parseInstruction();
  bool parseOperands(Instruction &instruction);
  bool parseOperand(std::vector<int> &operands);
  bool parseOperands(std::vector<int> &operands, size_t count);
  /// One operand, or several in braces.
  bool parseGroup(std::vector<int> &operands);
  bool parseVector(std::vector<int> &operands, const Opcode &opcode);
  bool parseAddress(Instruction &instruction);
  bool parseParameterLoad(Instruction &instruction);
  bool finishKernel();

  int addRegister(const std::string &name, unsigned bits);

  Lexer lexer;
  std::string &error;
  Kernel *kernel = nullptr;
  // Of the current kernel.
  std::map<std::string, int> registers;
  std::map<std::string, size_t> parameters, labels;
  std::map<size_t, std::string> branches;
};
} // namespace

bool Parser::fail(const std::string &message) {
  error = "line " + std::to_string(lexer.getLine()) + ": " + message + ": " +
          lexer.getLineText();
  return false;
}

bool Parser::expect(std::string_view word) {
  return lexer.takeIf(word) || fail("expects '" + std::string(word) +
                                    "', but got '" + lexer.peek() + "'");
}

bool Parser::expectNumber(uint64_t &value) {
  if (!parseNumber(lexer.peek(), value))
    return fail("expects a number, but got '" + lexer.peek() + "'");
  lexer.take();
  return true;
}

//===----------------------------------------------------------------------===//
// Programs and kernels
//===----------------------------------------------------------------------===//

bool Parser::parseProgram(Program &program) {
  if (!parseHeader(program))
    return false;
  while (!lexer.peek().empty())
    if (!parseKernel(program))
      return false;
  return true;
}

bool Parser::parseHeader(Program &program) {
  if (!expect(".version"))
    return false;
  std::string version = lexer.take();
  version.erase(std::remove(version.begin(), version.end(), '.'),
                version.end());
  program.version = std::atoi(version.c_str());
  if (!expect(".target"))
    return false;
  if (!startsWith(lexer.peek(), "sm_"))
    return fail("expects a target such as sm_75");
  program.target = std::atoi(lexer.take().c_str() + 3);
  return expect(".address_size") && expect("64");
}

bool Parser::parseKernel(Program &program) {
  if (!expect(".visible") || !expect(".entry"))
    return false;
  std::string name = lexer.take();
  kernel = &program.kernels[name];
  kernel->name = name;
  registers.clear();
  parameters.clear();
  labels.clear();
  branches.clear();
  for (const char *special : {"%tid.x", "%ctaid.x", "%ntid.x", "%nctaid.x"})
    addRegister(special, 32);
  if (!expect("("))
    return false;
  while (!lexer.isAt(")"))
    if (!parseParameter() || (!lexer.isAt(")") && !expect(",")))
      return false;
  lexer.take();
  if (lexer.takeIf(".maxntid")) {
    uint64_t x = 0, one = 0;
    if (!expectNumber(x) || !expect(",") || !expectNumber(one) ||
        !expect(",") || !expectNumber(one))
      return false;
    kernel->maxThreads = unsigned(x);
  }
  return parseBody() && finishKernel();
}

bool Parser::parseParameter() {
  if (!expect(".param"))
    return false;
  size_t bytes = getTypeBits(lexer.peek()) / 8;
  if (bytes != 4 && bytes != 8)
    return fail("expects a parameter of 4 or 8 bytes");
  lexer.take();
  uint64_t alignment = 0;
  while (lexer.takeIf(".ptr") || lexer.takeIf(".global"))
    ;
  if (lexer.takeIf(".align") && !expectNumber(alignment))
    return false;
  size_t offset = (kernel->parameterBytes + bytes - 1) / bytes * bytes;
  parameters[lexer.take()] = kernel->parameters.size();
  kernel->parameters.push_back({offset, bytes});
  kernel->parameterBytes = offset + bytes;
  return true;
}

bool Parser::parseBody() {
  if (!expect("{"))
    return false;
  // Braces within the body are scopes of registers.
  for (int depth = 1; depth > 0;) {
    if (lexer.takeIf("{"))
      ++depth;
    else if (lexer.takeIf("}"))
      --depth;
    else if (!parseStatement())
      return false;
  }
  return true;
}

bool Parser::parseStatement() {
  if (lexer.takeIf(".reg"))
    return parseRegisters();
  if (!startsWith(lexer.peek(), "$"))
    return parseInstruction();
  labels[lexer.take()] = kernel->instructions.size();
  return expect(":");
}

bool Parser::parseRegisters() {
  unsigned bits = getTypeBits(lexer.peek());
  if (!bits)
    return fail("expects a type of registers");
  lexer.take();
  std::string name = lexer.take();
  if (!lexer.takeIf("<")) {
    addRegister(name, bits);
    return expect(";");
  }
  uint64_t count = 0;
  if (!expectNumber(count))
    return false;
  for (uint64_t i = 0; i < count; ++i)
    addRegister(name + std::to_string(i), bits);
  return expect(">") && expect(";");
}

int Parser::addRegister(const std::string &name, unsigned bits) {
  registers[name] = int(kernel->registers.size());
  kernel->registers.push_back({name, bits});
  return registers[name];
}

/// Threads end at a `ret`, and branches go to instructions of the kernel.
bool Parser::finishKernel() {
  const auto &instructions = kernel->instructions;
  if (instructions.empty() ||
      instructions.back().opcode->kind != Opcode::Return ||
      instructions.back().guard != Instruction::kNone)
    return fail("expects a 'ret' at the end of " + kernel->name);
  for (const auto &[place, label] : branches) {
    auto at = labels.find(label);
    if (at == labels.end() || at->second == instructions.size())
      return fail("expects a label " + label + " in " + kernel->name);
    kernel->instructions[place].target = at->second;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

bool Parser::parseGuard(Instruction &instruction) {
  instruction.isGuardNegated = lexer.takeIf("!");
  std::vector<int> guard;
  if (!parseOperand(guard))
    return false;
  instruction.guard = guard[0];
  return kernel->registers[guard[0]].bits == 1 || fail("expects a predicate");
}

bool Parser::parseInstruction() {
  Instruction instruction;
  instruction.line = lexer.getLine();
  instruction.text = lexer.getLineText();
  if (lexer.takeIf("@") && !parseGuard(instruction))
    return false;
  instruction.opcode = findOpcode(lexer.peek());
  if (!instruction.opcode)
    return fail("unknown instruction '" + lexer.peek() + "'");
  lexer.take();
  if (!parseOperands(instruction))
    return false;
  kernel->instructions.push_back(std::move(instruction));
  return expect(";");
}

bool Parser::parseOperands(Instruction &instruction) {
  const Opcode &opcode = *instruction.opcode;
  std::vector<int> &results = instruction.results;
  std::vector<int> &operands = instruction.operands;
  switch (opcode.kind) {
  case Opcode::Compute:
  case Opcode::Shuffle:
    return parseOperand(results) &&
           parseOperands(operands, opcode.operandCount);
  case Opcode::Move:
    return parseGroup(results) && expect(",") && parseGroup(operands);
  case Opcode::Parameter:
    return parseOperand(results) && expect(",") &&
           parseParameterLoad(instruction);
  case Opcode::Load:
    return parseVector(results, opcode) && expect(",") &&
           parseAddress(instruction);
  case Opcode::Store:
    return parseAddress(instruction) && expect(",") &&
           parseVector(operands, opcode);
  case Opcode::AtomicAdd:
    return parseOperand(results) && expect(",") && parseAddress(instruction) &&
           parseOperands(operands, 1);
  case Opcode::Branch:
    branches[kernel->instructions.size()] = lexer.take();
    return true;
  case Opcode::Return:
    return true;
  }
  return false;
}

bool Parser::parseOperands(std::vector<int> &operands, size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (!expect(",") || !parseOperand(operands))
      return false;
  return true;
}

bool Parser::parseOperand(std::vector<int> &operands) {
  std::string word = lexer.peek();
  uint64_t value = 0;
  if (word == "_") {
    operands.push_back(Instruction::kNone);
  } else if (auto at = registers.find(word); at != registers.end()) {
    operands.push_back(at->second);
  } else if (parseNumber(word, value)) {
    // One register a spelling.
    int reg = addRegister(word, 64);
    kernel->literals.push_back({reg, value});
    operands.push_back(reg);
  } else {
    return fail("expects a register or a number, but got '" + word + "'");
  }
  lexer.take();
  return true;
}

bool Parser::parseGroup(std::vector<int> &operands) {
  if (!lexer.takeIf("{"))
    return parseOperand(operands);
  do {
    if (!parseOperand(operands))
      return false;
  } while (lexer.takeIf(","));
  return expect("}");
}

bool Parser::parseVector(std::vector<int> &operands, const Opcode &opcode) {
  size_t before = operands.size();
  if (!parseGroup(operands))
    return false;
  return operands.size() - before == opcode.vector ||
         fail("expects " + std::to_string(opcode.vector) + " elements");
}

bool Parser::parseAddress(Instruction &instruction) {
  if (!expect("[") || !parseOperand(instruction.operands))
    return false;
  uint64_t offset = 0;
  if (lexer.takeIf("+") && !expectNumber(offset))
    return false;
  instruction.offset = int64_t(offset);
  return expect("]");
}

bool Parser::parseParameterLoad(Instruction &instruction) {
  if (!expect("["))
    return false;
  auto at = parameters.find(lexer.peek());
  if (at == parameters.end())
    return fail("expects a parameter, but got '" + lexer.peek() + "'");
  const Parameter &parameter = kernel->parameters[at->second];
  if (parameter.bytes != instruction.opcode->bytes)
    return fail("expects a parameter of " +
                std::to_string(instruction.opcode->bytes) + " bytes");
  instruction.offset = int64_t(parameter.offset);
  lexer.take();
  return expect("]");
}

bool slb::ptx::parse(std::string_view text, Program &program,
                     std::string &error) {
  return Parser(text, error).parseProgram(program);
}
