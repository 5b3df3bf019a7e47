func.func @net(%x0: tensor<1x73x!slb.lowbit<range<0:255>, scale = 0.00464482047>>) -> (tensor<1x292x!slb.lowbit<range<0:255>, scale = 0.00464482047>>, tensor<1x292x!slb.lowbit<range<0:255>, scale = 0.00464482047>>) {
  %1 = tensor.concat dim(1) %x0, %x0 : (tensor<1x73x!slb.lowbit<range<0:255>, scale = 0.00464482047>>, tensor<1x73x!slb.lowbit<range<0:255>, scale = 0.00464482047>>) -> tensor<1x146x!slb.lowbit<range<0:255>, scale = 0.00464482047>>
  %2 = tensor.concat dim(1) %1, %1 : (tensor<1x146x!slb.lowbit<range<0:255>, scale = 0.00464482047>>, tensor<1x146x!slb.lowbit<range<0:255>, scale = 0.00464482047>>) -> tensor<1x292x!slb.lowbit<range<0:255>, scale = 0.00464482047>>
  return %2, %2 : tensor<1x292x!slb.lowbit<range<0:255>, scale = 0.00464482047>>, tensor<1x292x!slb.lowbit<range<0:255>, scale = 0.00464482047>>
}
