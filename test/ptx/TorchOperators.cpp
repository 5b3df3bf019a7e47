//===- TorchOperators.cpp - stand-in for LibTorch's CUDA: operators -------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StandIn.h"
#include "TorchDevice.h"
#include <ATen/ATen.h>
#include <ATen/EmptyTensor.h>
#include <ATen/native/Resize.h>
#include <ATen/ops/_reshape_alias_native.h>
#include <ATen/ops/as_strided_native.h>
#include <ATen/ops/unfold_native.h>
#include <ATen/ops/view_native.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <cstring>
#include <torch/library.h>

using namespace slb;
using at::Tensor;

static constexpr c10::DispatchKeySet kKeys(c10::DispatchKey::CUDA);

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

static at::ScalarType getType(std::optional<at::ScalarType> type) {
  return type.value_or(at::get_default_dtype_as_scalartype());
}

static Tensor emptyStrided(at::IntArrayRef sizes, at::IntArrayRef strides,
                           at::ScalarType type) {
  return at::detail::empty_strided_generic(
      sizes, strides, &standin::getDeviceAllocator(), kKeys, type);
}

/// A tensor of the CPU on the same memory.
static Tensor aliasOnCpu(const Tensor &tensor) {
  if (!tensor.defined() || !tensor.is_cuda())
    return tensor;
  auto options =
      at::TensorOptions().dtype(tensor.scalar_type()).device(at::kCPU);
  if (tensor.numel() == 0)
    return at::empty(tensor.sizes(), options);
  Tensor aliased = at::from_blob(
      tensor.unsafeGetTensorImpl()->mutable_data(), tensor.sizes(),
      tensor.strides(), [tensor](void *) {}, options);
  if (tensor.unsafeGetTensorImpl()->is_wrapped_number())
    aliased.unsafeGetTensorImpl()->set_wrapped_number(true);
  return aliased;
}

static Tensor toDevice(const Tensor &tensor) {
  if (!tensor.defined() || !tensor.is_cpu())
    return tensor;
  Tensor dense =
      tensor.is_non_overlapping_and_dense() ? tensor : tensor.contiguous();
  Tensor copy =
      emptyStrided(dense.sizes(), dense.strides(), dense.scalar_type());
  aliasOnCpu(copy).copy_(dense);
  return copy;
}

static const Tensor &resizeTo(const Tensor &tensor, at::IntArrayRef sizes,
                              std::optional<at::MemoryFormat>) {
  c10::TensorImpl *impl = tensor.unsafeGetTensorImpl();
  impl->set_sizes_contiguous(sizes);
  size_t bytes =
      size_t(impl->numel() + impl->storage_offset()) * impl->itemsize();
  const c10::Storage &storage = tensor.storage();
  if (bytes <= storage.nbytes())
    return tensor;
  c10::DataPtr grown = standin::getDeviceAllocator().allocate(bytes);
  if (storage.nbytes())
    std::memcpy(grown.get(), storage.data(), storage.nbytes());
  storage.unsafeGetStorageImpl()->set_data_ptr_noswap(std::move(grown));
  storage.unsafeGetStorageImpl()->set_nbytes(bytes);
  return tensor;
}

//===----------------------------------------------------------------------===//
// Any operator
//===----------------------------------------------------------------------===//

/// Calls `change` for each tensor of a value.
template <typename ChangeT>
static c10::IValue mapTensors(const c10::IValue &value, ChangeT change) {
  if (value.isTensor())
    return change(value.toTensor());
  if (value.isTensorList()) {
    c10::List<Tensor> list;
    for (const Tensor &tensor : value.toTensorVector())
      list.push_back(change(tensor));
    return list;
  }
  if (value.isOptionalTensorList()) {
    c10::List<std::optional<Tensor>> list;
    for (const std::optional<Tensor> &tensor : value.toOptionalTensorVector())
      list.push_back(tensor ? std::optional<Tensor>(change(*tensor))
                            : std::nullopt);
    return list;
  }
  return value;
}

/// The device of the first tensor that is on one.
static std::optional<at::Device> getDevice(at::ArrayRef<c10::IValue> values) {
  std::optional<at::Device> device;
  for (const c10::IValue &value : values)
    mapTensors(value, [&](const Tensor &tensor) {
      if (tensor.defined() && tensor.is_cuda() && !device)
        device = tensor.device();
      return tensor;
    });
  return device;
}

static bool isWritten(const c10::Argument &argument) {
  return argument.alias_info() && argument.alias_info()->isWrite();
}

/// What the operator wrote to whole new memory goes to its argument.
static void takeResized(const c10::IValue &original,
                        const c10::IValue &aliased) {
  if (!original.isTensor() || !original.toTensor().defined())
    return;
  Tensor to = original.toTensor(), from = aliased.toTensor();
  if (!to.is_cuda() || to.sizes() == from.sizes())
    return;
  resizeTo(to, from.sizes(), std::nullopt);
  aliasOnCpu(to).copy_(from);
}

/// Runs the operator of the CPU on the devices' memory. Results that are
/// arguments stay so.
static void runOnCpu(const c10::OperatorHandle &op, c10::DispatchKeySet,
                     torch::jit::Stack *stack) {
  ++standin::getState().operators;
  const c10::FunctionSchema &schema = op.schema();
  size_t count = schema.arguments().size(), base = stack->size() - count;
  std::vector<c10::IValue> originals(stack->begin() + base, stack->end());
  c10::OptionalDeviceGuard guard(getDevice(originals));
  standin::bindDevice(
      c10::impl::VirtualGuardImpl(c10::kCUDA).getDevice().index());
  std::vector<c10::IValue> aliases;
  for (size_t i = 0; i < count; ++i) {
    aliases.push_back(originals[i].isDevice()
                          ? c10::IValue(c10::Device(c10::kCPU))
                          : mapTensors(originals[i], aliasOnCpu));
    (*stack)[base + i] = aliases[i];
  }
  op.redispatchBoxed(c10::DispatchKeySet(c10::DispatchKey::CPU), stack);
  for (size_t i = 0; i < count; ++i)
    if (isWritten(schema.arguments()[i]))
      takeResized(originals[i], aliases[i]);
  base = stack->size() - schema.returns().size();
  for (size_t i = 0; i < schema.returns().size(); ++i) {
    c10::IValue &result = (*stack)[base + i];
    const c10::AliasInfo *info = schema.returns()[i].alias_info();
    TORCH_CHECK(!info || info->isWrite(), "the stand-in has no view operator ",
                op.operator_name());
    if (!info)
      result = mapTensors(result, toDevice);
    for (size_t j = 0; info && j < count; ++j)
      if (isWritten(schema.arguments()[j]) &&
          schema.arguments()[j].alias_info()->beforeSets() ==
              info->beforeSets())
        result = originals[j];
  }
}

TORCH_LIBRARY_IMPL(_, CUDA, library) {
  library.fallback(torch::CppFunction::makeFromBoxedFunction<runOnCpu>());
}

//===----------------------------------------------------------------------===//
// Operators on memory itself
//===----------------------------------------------------------------------===//

static Tensor empty(at::IntArrayRef sizes, std::optional<at::ScalarType> type,
                    std::optional<at::Layout>, std::optional<at::Device> device,
                    std::optional<bool>,
                    std::optional<at::MemoryFormat> format) {
  c10::OptionalDeviceGuard guard(device);
  return at::detail::empty_generic(sizes, &standin::getDeviceAllocator(), kKeys,
                                   getType(type), format);
}

static Tensor emptyWithStrides(at::IntArrayRef sizes, at::IntArrayRef strides,
                               std::optional<at::ScalarType> type,
                               std::optional<at::Layout>,
                               std::optional<at::Device> device,
                               std::optional<bool>) {
  c10::OptionalDeviceGuard guard(device);
  return emptyStrided(sizes, strides, getType(type));
}

/// Only from pinned memory do copies not wait. Those that have to change types
/// or strides go by way of memory that is not.
static Tensor &copy(Tensor &self, const Tensor &source, bool isAsynchronous) {
  if (!self.is_cuda() || source.is_cuda()) {
    ++standin::getState().operators;
    aliasOnCpu(self).copy_(aliasOnCpu(source));
    return self;
  }
  standin::bindDevice(self.device().index());
  bool isPlain = self.is_contiguous() && source.is_contiguous() &&
                 self.sizes() == source.sizes() &&
                 self.scalar_type() == source.scalar_type();
  bool isBlocking =
      !isAsynchronous || !isPlain || !standin::isPinned(source.data_ptr());
  TORCH_CHECK(standin::copyToDevice(isPlain ? self.data_ptr() : nullptr,
                                    source.data_ptr(),
                                    isPlain ? source.nbytes() : 0,
                                    standin::getCurrentStream(), isBlocking),
              "cannot copy from memory that is not pinned in a capture");
  if (!isPlain)
    aliasOnCpu(self).copy_(source);
  return self;
}

static at::Scalar getItem(const Tensor &tensor) {
  standin::bindDevice(tensor.device().index());
  return aliasOnCpu(tensor).item();
}

static Tensor asStrided(const Tensor &self, at::IntArrayRef sizes,
                        at::IntArrayRef strides,
                        std::optional<int64_t> offset) {
  return at::native::as_strided_tensorimpl(self, sizes, strides, offset);
}

static Tensor reshapeAlias(const Tensor &self, at::IntArrayRef sizes,
                           at::IntArrayRef strides) {
  return asStrided(self, sizes, strides, std::nullopt);
}

TORCH_LIBRARY_IMPL(aten, CUDA, library) {
  library.impl("empty.memory_format", empty);
  library.impl("empty_strided", emptyWithStrides);
  library.impl("as_strided", asStrided);
  library.impl("view", at::native::view);
  library.impl("unfold", at::native::unfold);
  library.impl("_reshape_alias", reshapeAlias);
  library.impl("copy_", copy);
  library.impl("_local_scalar_dense", getItem);
  library.impl("resize_", resizeTo);
  // These would choose a library of CUDA's before they come to the fallback.
  for (const char *name :
       {"convolution", "convolution_backward", "_convolution",
        "native_batch_norm", "native_batch_norm_backward"})
    library.impl(name, torch::CppFunction::makeFromBoxedFunction<runOnCpu>());
}
